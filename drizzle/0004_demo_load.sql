CREATE TABLE "demo_load" (
	"demo_load_id" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"password_hash" text NOT NULL,
	CONSTRAINT "demo_load_pk" PRIMARY KEY("demo_load_id"),
	CONSTRAINT "demo_load_one_row" CHECK ("demo_load"."demo_load_id" = 1)
);
--> statement-breakpoint
grant select on demo_load to love_supermarket_app;
