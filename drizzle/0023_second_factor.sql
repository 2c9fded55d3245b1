CREATE TABLE "access_setting" (
	"region_id" integer NOT NULL,
	"second_factor" text NOT NULL,
	CONSTRAINT "access_setting_pk" PRIMARY KEY("region_id"),
	CONSTRAINT "access_setting_second_factor_known" CHECK ("access_setting"."second_factor" in ('offered', 'administrators', 'offices'))
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"person_id" integer NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_code_pk" PRIMARY KEY("person_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "second_factor" (
	"person_id" integer NOT NULL,
	"secret" "bytea" NOT NULL,
	"recovery_salt" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "second_factor_pk" PRIMARY KEY("person_id")
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "needs_code" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "access_setting" ADD CONSTRAINT "access_setting_region_fk" FOREIGN KEY ("region_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_factor_fk" FOREIGN KEY ("person_id") REFERENCES "public"."second_factor"("person_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;
