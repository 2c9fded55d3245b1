ALTER TABLE "goods_proposal" DROP CONSTRAINT "goods_proposal_kind_known";--> statement-breakpoint
ALTER TABLE "goods_proposal" DROP CONSTRAINT "goods_proposal_is_whole";--> statement-breakpoint
ALTER TABLE "goods_proposal" ADD COLUMN "decided_why" text;--> statement-breakpoint
ALTER TABLE "goods_proposal" ADD CONSTRAINT "goods_proposal_kind_known" CHECK ("goods_proposal"."kind" in ('price', 'first', 'writeoff'));--> statement-breakpoint
ALTER TABLE "goods_proposal" ADD CONSTRAINT "goods_proposal_is_whole" CHECK (case "goods_proposal"."kind"
            when 'writeoff' then "goods_proposal"."price_centipoints" is null and "goods_proposal"."lot_id" is not null and "goods_proposal"."quantity" > 0
            else "goods_proposal"."price_centipoints" > 0 and "goods_proposal"."lot_id" is null and "goods_proposal"."quantity" is null
          end);
