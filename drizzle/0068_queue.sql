CREATE TABLE "queue_day" (
	"village_id" integer NOT NULL,
	"day" date NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"last_number" integer DEFAULT 0 NOT NULL,
	"last_place" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "queue_day_pk" PRIMARY KEY("village_id","day"),
	CONSTRAINT "queue_day_numbers_few" CHECK ("queue_day"."last_number" between 0 and 999)
);
--> statement-breakpoint
CREATE TABLE "queue_number" (
	"village_id" integer NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"household_id" integer,
	"state" text DEFAULT 'waiting' NOT NULL,
	"place" integer NOT NULL,
	"taken_key" text NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL,
	"session_id" text,
	"called_at" timestamp with time zone,
	"call_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "queue_number_pk" PRIMARY KEY("village_id","day","number"),
	CONSTRAINT "queue_number_key_unique" UNIQUE("village_id","day","taken_key"),
	CONSTRAINT "queue_number_state_known" CHECK ("queue_number"."state" in ('waiting', 'called', 'served', 'missed', 'left')),
	CONSTRAINT "queue_number_called_sometime" CHECK ("queue_number"."state" in ('waiting', 'left') or "queue_number"."call_count" > 0)
);
--> statement-breakpoint
ALTER TABLE "queue_day" ADD CONSTRAINT "queue_day_village_fk" FOREIGN KEY ("village_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_day" ADD CONSTRAINT "queue_day_opened_by_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_number" ADD CONSTRAINT "queue_number_day_fk" FOREIGN KEY ("village_id","day") REFERENCES "public"."queue_day"("village_id","day") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_number" ADD CONSTRAINT "queue_number_household_fk" FOREIGN KEY ("village_id","household_id") REFERENCES "public"."household"("village_id","household_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_number" ADD CONSTRAINT "queue_number_session_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("session_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "queue_number_household_unique" ON "queue_number" USING btree ("village_id","day","household_id") WHERE "queue_number"."state" in ('waiting', 'called', 'missed');--> statement-breakpoint
CREATE INDEX "queue_number_household_index" ON "queue_number" USING btree ("village_id","household_id");--> statement-breakpoint
CREATE INDEX "queue_number_session_index" ON "queue_number" USING btree ("session_id");
--> statement-breakpoint
-- A number moves through its states and is never taken away.
grant select, insert, update on queue_day, queue_number to love_supermarket_app;
