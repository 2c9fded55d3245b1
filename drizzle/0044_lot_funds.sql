ALTER TABLE "stock_lot" ADD COLUMN "fund" text;--> statement-breakpoint
ALTER TABLE "stock_lot" ADD COLUMN "gift_seq" bigint;--> statement-breakpoint
CREATE INDEX "act_settings_change_index" ON "act" USING btree ("village_id","seq") WHERE "act"."type" = 'settings.change';--> statement-breakpoint
ALTER TABLE "stock_lot" ADD CONSTRAINT "stock_lot_gift_not_negative" CHECK ("stock_lot"."gift_seq" >= 0);
