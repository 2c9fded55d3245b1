ALTER TABLE "household" DROP CONSTRAINT "household_member_count_positive";--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "recalled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "household" ADD COLUMN "vacated_on" date;--> statement-breakpoint
ALTER TABLE "village_terms" ADD COLUMN "earned_months" integer;--> statement-breakpoint
ALTER TABLE "village_terms" ADD COLUMN "opening_months" integer;--> statement-breakpoint
ALTER TABLE "village_terms" ADD COLUMN "vacancy_months" integer DEFAULT 12 NOT NULL;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_member_count_not_negative" CHECK ("household"."member_count" >= 0);--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_closed_is_empty" CHECK ("account"."status" <> 'closed' or "account"."balance_centipoints" = 0);--> statement-breakpoint
ALTER TABLE "village_terms" ADD CONSTRAINT "village_terms_months_positive" CHECK ("village_terms"."earned_months" > 0 and "village_terms"."opening_months" > 0 and "village_terms"."vacancy_months" > 0);
