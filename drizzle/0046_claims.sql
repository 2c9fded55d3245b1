CREATE TABLE "claim" (
	"village_id" integer NOT NULL,
	"claim_id" text NOT NULL,
	"account_id" integer NOT NULL,
	"rule" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_on" date NOT NULL,
	"amount_centipoints" integer NOT NULL,
	"needs" text[] NOT NULL,
	"passed_by" integer[] NOT NULL,
	"state" text NOT NULL,
	"is_by_household" boolean NOT NULL,
	"recorded_by" integer,
	"submitted_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"pending_seq" bigint,
	"award_seq" bigint,
	"sheet" integer,
	"posted_on" date,
	"clears_on" date,
	"objectable_until" date,
	CONSTRAINT "claim_pk" PRIMARY KEY("village_id","claim_id"),
	CONSTRAINT "claim_amount_not_zero" CHECK ("claim"."amount_centipoints" <> 0),
	CONSTRAINT "claim_state_known" CHECK ("claim"."state" in ('submitted', 'group_passed', 'committee_heard', 'committee_passed', 'posted', 'objected', 'cleared', 'returned', 'withdrawn', 'upheld'))
);
--> statement-breakpoint
CREATE TABLE "kinship" (
	"village_id" integer NOT NULL,
	"person_id" integer NOT NULL,
	"household_id" integer NOT NULL,
	"relation" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "kinship_pk" PRIMARY KEY("village_id","person_id","household_id"),
	CONSTRAINT "kinship_relation_known" CHECK ("kinship"."relation" in ('own', 'relative'))
);
--> statement-breakpoint
CREATE TABLE "objection" (
	"village_id" integer NOT NULL,
	"objection_id" text NOT NULL,
	"claim_id" text NOT NULL,
	"filed_on" date NOT NULL,
	"answer_by" date NOT NULL,
	"filed_seq" bigint NOT NULL,
	"outcome" text,
	"answered_seq" bigint,
	CONSTRAINT "objection_pk" PRIMARY KEY("village_id","objection_id"),
	CONSTRAINT "objection_outcome_known" CHECK ("objection"."outcome" in ('upheld', 'dismissed')),
	CONSTRAINT "objection_answered_whole" CHECK (("objection"."outcome" is null) = ("objection"."answered_seq" is null))
);
--> statement-breakpoint
ALTER TABLE "appointment" DROP CONSTRAINT "appointment_role_known";--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_account_fk" FOREIGN KEY ("village_id","account_id") REFERENCES "public"."account"("village_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection" ADD CONSTRAINT "objection_claim_fk" FOREIGN KEY ("village_id","claim_id") REFERENCES "public"."claim"("village_id","claim_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_state_index" ON "claim" USING btree ("village_id","state","submitted_seq");--> statement-breakpoint
CREATE INDEX "claim_account_index" ON "claim" USING btree ("village_id","account_id");--> statement-breakpoint
CREATE INDEX "objection_claim_index" ON "objection" USING btree ("village_id","claim_id");--> statement-breakpoint
CREATE INDEX "act_claim_index" ON "act" USING btree ("village_id",("facts" ->> 'claim')) WHERE "act"."facts" ? 'claim';--> statement-breakpoint
CREATE INDEX "act_duties_waive_index" ON "act" USING btree ("village_id","seq") WHERE "act"."type" = 'duties.waive';--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_role_known" CHECK ("appointment"."role" in ('manager', 'recorder', 'storekeeper', 'supervisor', 'leader', 'approver', 'township_officer', 'county_officer', 'auditor', 'county_administrator'));
