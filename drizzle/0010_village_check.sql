CREATE TABLE "village_check" (
	"village_id" integer NOT NULL,
	"run_id" text,
	"run_by" integer,
	"run_started_at" timestamp with time zone,
	"run_heard_of_at" timestamp with time zone,
	"rows_done" bigint DEFAULT 0 NOT NULL,
	"rows_in_all" bigint DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	"finished_by" integer,
	"acts" bigint DEFAULT 0 NOT NULL,
	"entries" bigint DEFAULT 0 NOT NULL,
	"moves" bigint DEFAULT 0 NOT NULL,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "village_check_pk" PRIMARY KEY("village_id"),
	CONSTRAINT "village_check_run_whole" CHECK (("village_check"."run_id" is null) = ("village_check"."run_heard_of_at" is null))
);
