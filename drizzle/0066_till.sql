CREATE TABLE "till" (
	"session_id" text NOT NULL,
	"village_id" integer NOT NULL,
	"shown" jsonb DEFAULT '{"kind":"idle"}' NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"watched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "till_pk" PRIMARY KEY("session_id")
);
--> statement-breakpoint
ALTER TABLE "till" ADD CONSTRAINT "till_session_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "till" ADD CONSTRAINT "till_village_fk" FOREIGN KEY ("village_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "till_village_index" ON "till" USING btree ("village_id");
--> statement-breakpoint
-- What a display shows is written, replaced and forgotten; nothing of it is a record.
grant select, insert, update, delete on till to love_supermarket_app;
