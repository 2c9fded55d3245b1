CREATE TABLE "personal_view" (
	"view_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "personal_view_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" integer NOT NULL,
	"village_id" integer NOT NULL,
	"household_id" integer NOT NULL,
	"kind" text NOT NULL,
	"viewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "personal_view_pk" PRIMARY KEY("view_id"),
	CONSTRAINT "personal_view_kind_known" CHECK ("personal_view"."kind" in ('page', 'statement', 'program'))
);
--> statement-breakpoint
ALTER TABLE "personal_view" ADD CONSTRAINT "personal_view_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "personal_view_household_index" ON "personal_view" USING btree ("village_id","household_id","viewed_at");--> statement-breakpoint
CREATE INDEX "personal_view_time_index" ON "personal_view" USING btree ("viewed_at");
