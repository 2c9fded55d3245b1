CREATE UNIQUE INDEX "act_voucher_unique" ON "act" USING btree ("village_id",("facts" ->> 'voucher')) WHERE "act"."type" = 'stock.in' and "act"."facts" ? 'voucher';
