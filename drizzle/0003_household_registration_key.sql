ALTER TABLE "household" ADD COLUMN "registration_key" text;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_registration_key_unique" UNIQUE("village_id","registration_key");
