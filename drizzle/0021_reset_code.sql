CREATE TABLE "reset_code" (
	"person_id" integer NOT NULL,
	"code_hash" text NOT NULL,
	"issued_by" integer NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reset_code_pk" PRIMARY KEY("person_id")
);
--> statement-breakpoint
ALTER TABLE "reset_code" ADD CONSTRAINT "reset_code_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reset_code" ADD CONSTRAINT "reset_code_issuer_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;
