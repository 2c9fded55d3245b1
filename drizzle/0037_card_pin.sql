CREATE TABLE "card_pin" (
	"village_id" integer NOT NULL,
	"household_id" integer NOT NULL,
	"pin_hash" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wrong_count" integer DEFAULT 0 NOT NULL,
	"wrong_on" date,
	CONSTRAINT "card_pin_pk" PRIMARY KEY("village_id","household_id")
);
--> statement-breakpoint
ALTER TABLE "card_pin" ADD CONSTRAINT "card_pin_household_fk" FOREIGN KEY ("village_id","household_id") REFERENCES "public"."household"("village_id","household_id") ON DELETE no action ON UPDATE no action;
