CREATE TABLE "goods_proposal" (
	"village_id" integer NOT NULL,
	"proposal_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "goods_proposal_proposal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"goods_id" integer NOT NULL,
	"price_centipoints" integer,
	"lot_id" integer,
	"quantity" integer,
	"reason" text NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"operation_id" text,
	CONSTRAINT "goods_proposal_pk" PRIMARY KEY("village_id","proposal_id"),
	CONSTRAINT "goods_proposal_kind_known" CHECK ("goods_proposal"."kind" in ('price', 'writeoff')),
	CONSTRAINT "goods_proposal_state_known" CHECK ("goods_proposal"."state" in ('open', 'approved', 'declined', 'withdrawn')),
	CONSTRAINT "goods_proposal_is_whole" CHECK (case "goods_proposal"."kind"
            when 'price' then "goods_proposal"."price_centipoints" > 0 and "goods_proposal"."lot_id" is null and "goods_proposal"."quantity" is null
            else "goods_proposal"."price_centipoints" is null and "goods_proposal"."lot_id" is not null and "goods_proposal"."quantity" > 0
          end),
	CONSTRAINT "goods_proposal_decided_once" CHECK (("goods_proposal"."state" = 'open') = ("goods_proposal"."decided_at" is null)),
	CONSTRAINT "goods_proposal_approved_by_act" CHECK (("goods_proposal"."state" = 'approved') = ("goods_proposal"."operation_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "handover" (
	"village_id" integer NOT NULL,
	"handover_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "handover_handover_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"role" text NOT NULL,
	"state" text NOT NULL,
	"from_person_id" integer NOT NULL,
	"to_person_id" integer NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"stocktake_id" integer,
	"open_items" jsonb,
	"from_signed_at" timestamp with time zone,
	"to_signed_at" timestamp with time zone,
	"reason" text,
	"closed_at" timestamp with time zone,
	"operation_id" text,
	CONSTRAINT "handover_pk" PRIMARY KEY("village_id","handover_id"),
	CONSTRAINT "handover_role_known" CHECK ("handover"."role" in ('manager', 'storekeeper')),
	CONSTRAINT "handover_state_known" CHECK ("handover"."state" in ('opened', 'counted', 'listed', 'complete', 'cancelled', 'waived')),
	CONSTRAINT "handover_between_two" CHECK ("handover"."from_person_id" <> "handover"."to_person_id")
);
--> statement-breakpoint
CREATE TABLE "stocktake" (
	"village_id" integer NOT NULL,
	"stocktake_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "stocktake_stocktake_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"cursor" bigint NOT NULL,
	"second_counter" text NOT NULL,
	"reviewed_by" integer,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	"operation_id" text,
	CONSTRAINT "stocktake_pk" PRIMARY KEY("village_id","stocktake_id"),
	CONSTRAINT "stocktake_kind_known" CHECK ("stocktake"."kind" in ('first', 'monthly', 'yearly', 'handover')),
	CONSTRAINT "stocktake_state_known" CHECK ("stocktake"."state" in ('counting', 'reviewing', 'posted', 'abandoned')),
	CONSTRAINT "stocktake_closed_at_its_end" CHECK (("stocktake"."state" in ('posted', 'abandoned')) = ("stocktake"."closed_at" is not null)),
	CONSTRAINT "stocktake_posted_by_act" CHECK (("stocktake"."state" = 'posted') = ("stocktake"."operation_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "stocktake_line" (
	"village_id" integer NOT NULL,
	"stocktake_id" integer NOT NULL,
	"goods_id" integer NOT NULL,
	"counted" integer NOT NULL,
	"cursor" bigint NOT NULL,
	"counted_by" integer NOT NULL,
	"cause" text,
	CONSTRAINT "stocktake_line_pk" PRIMARY KEY("village_id","stocktake_id","goods_id"),
	CONSTRAINT "stocktake_line_not_negative" CHECK ("stocktake_line"."counted" >= 0)
);
--> statement-breakpoint
ALTER TABLE "stock_lot" ADD COLUMN "awaits_check" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "goods_proposal" ADD CONSTRAINT "goods_proposal_goods_fk" FOREIGN KEY ("village_id","goods_id") REFERENCES "public"."goods"("village_id","goods_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stocktake_line" ADD CONSTRAINT "stocktake_line_stocktake_fk" FOREIGN KEY ("village_id","stocktake_id") REFERENCES "public"."stocktake"("village_id","stocktake_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "goods_proposal_open_index" ON "goods_proposal" USING btree ("village_id","proposal_id") WHERE "goods_proposal"."state" = 'open';--> statement-breakpoint
CREATE INDEX "handover_village_index" ON "handover" USING btree ("village_id","from_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handover_one_at_a_time" ON "handover" USING btree ("village_id","role") WHERE "handover"."state" in ('opened', 'counted', 'listed');--> statement-breakpoint
CREATE UNIQUE INDEX "stocktake_one_at_a_time" ON "stocktake" USING btree ("village_id") WHERE "stocktake"."state" in ('counting', 'reviewing');--> statement-breakpoint
CREATE INDEX "act_goods_index" ON "act" USING btree ("village_id",("facts" ->> 'item'),"seq") WHERE "act"."type" in ('goods.price', 'goods.terms', 'goods.restrict');--> statement-breakpoint
CREATE INDEX "act_shop_index" ON "act" USING btree ("village_id","type","seq") WHERE "act"."type" in (
          'stock.check', 'stock.adjust', 'stock.writeoff', 'stocktake', 'goods.deliver', 'handover', 'handover.waive'
        );
