CREATE INDEX "act_rate_change_index" ON "act" USING btree ("village_id","seq") WHERE "act"."type" = 'rate.change';
