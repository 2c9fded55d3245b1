ALTER TABLE "public_log" DROP CONSTRAINT "public_log_pk";
--> statement-breakpoint
ALTER TABLE "public_log" ADD CONSTRAINT "public_log_pk" PRIMARY KEY("village_id","origin");
