CREATE TABLE "donor" (
	"donor_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "donor_donor_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"village_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"appears" text NOT NULL,
	"initials" text NOT NULL,
	"contact" text,
	"person_id" integer,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "donor_pk" PRIMARY KEY("donor_id"),
	CONSTRAINT "donor_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "donor_person_unique" UNIQUE("village_id","person_id"),
	CONSTRAINT "donor_kind_known" CHECK ("donor"."kind" in ('enterprise', 'person', 'department')),
	CONSTRAINT "donor_appears_known" CHECK ("donor"."appears" in ('named', 'kind', 'initials'))
);
--> statement-breakpoint
CREATE TABLE "wish" (
	"village_id" integer NOT NULL,
	"wish_id" text NOT NULL,
	"household_id" integer NOT NULL,
	"salt" text NOT NULL,
	"words" text NOT NULL,
	"contact" text,
	"photos" text[] NOT NULL,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wish_pk" PRIMARY KEY("village_id","wish_id"),
	CONSTRAINT "wish_id_form" CHECK ("wish"."wish_id" ~ '^[A-Z2-9]{16}$')
);
--> statement-breakpoint
ALTER TABLE "appointment" DROP CONSTRAINT "appointment_role_known";--> statement-breakpoint
ALTER TABLE "donor" ADD CONSTRAINT "donor_village_fk" FOREIGN KEY ("village_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donor" ADD CONSTRAINT "donor_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wish" ADD CONSTRAINT "wish_household_fk" FOREIGN KEY ("village_id","household_id") REFERENCES "public"."household"("village_id","household_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "donor_village_index" ON "donor" USING btree ("village_id","name");--> statement-breakpoint
CREATE INDEX "wish_household_index" ON "wish" USING btree ("village_id","household_id");--> statement-breakpoint
CREATE INDEX "act_gift_index" ON "act" USING btree ("village_id","seq") WHERE "act"."facts" ? 'gift' or "act"."facts" ? 'giftSeq';--> statement-breakpoint
CREATE UNIQUE INDEX "act_gift_receipt_unique" ON "act" USING btree ("village_id",("facts" ->> 'receipt')) WHERE "act"."type" = 'gift.receive';--> statement-breakpoint
CREATE INDEX "act_wish_index" ON "act" USING btree ("village_id","seq") WHERE "act"."facts" ? 'wish';--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_role_known" CHECK ("appointment"."role" in ('manager', 'recorder', 'storekeeper', 'supervisor', 'leader', 'approver', 'township_officer', 'county_officer', 'auditor', 'county_administrator', 'donor'));
