CREATE TABLE "security_event" (
	"event_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "security_event_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"is_refused" boolean NOT NULL,
	"person_id" integer,
	"subject_id" integer,
	"region_id" integer,
	"place" text NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "security_event_pk" PRIMARY KEY("event_id"),
	CONSTRAINT "security_event_kind_form" CHECK ("security_event"."kind" ~ '^[a-z_]+([.][a-z_]+)?$')
);
--> statement-breakpoint
CREATE TABLE "security_event_address" (
	"event_id" bigint NOT NULL,
	"address" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "security_event_address_pk" PRIMARY KEY("event_id")
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "number" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "session_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "surface" text DEFAULT 'page' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "last_used_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "idle_minutes" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "browser" text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "system" text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "place" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "token_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "token_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "security_event_address" ADD CONSTRAINT "security_event_address_event_fk" FOREIGN KEY ("event_id") REFERENCES "public"."security_event"("event_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "security_event_person_index" ON "security_event" USING btree ("person_id","event_id");--> statement-breakpoint
CREATE INDEX "security_event_kind_index" ON "security_event" USING btree ("kind","event_id");--> statement-breakpoint
CREATE INDEX "security_event_address_time_index" ON "security_event_address" USING btree ("recorded_at");--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_number_unique" UNIQUE("number");--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_surface_known" CHECK ("session"."surface" in ('page', 'api'));
