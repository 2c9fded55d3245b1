CREATE TABLE "known_device" (
	"device_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "known_device_device_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_id" integer NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"pin_hash" text NOT NULL,
	"browser" text NOT NULL,
	"system" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"wrong_pins" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "known_device_pk" PRIMARY KEY("device_id")
);
--> statement-breakpoint
CREATE TABLE "rule_terms" (
	"village_id" integer NOT NULL,
	"own_rules_max" integer NOT NULL,
	"own_points_max_centipoints" integer NOT NULL,
	"month_max_centipoints" integer,
	"year_max_centipoints" integer,
	CONSTRAINT "rule_terms_pk" PRIMARY KEY("village_id"),
	CONSTRAINT "rule_terms_own_rules_not_negative" CHECK ("rule_terms"."own_rules_max" >= 0 and "rule_terms"."own_points_max_centipoints" >= 0),
	CONSTRAINT "rule_terms_limits_positive" CHECK ("rule_terms"."month_max_centipoints" > 0 and "rule_terms"."year_max_centipoints" > 0)
);
--> statement-breakpoint
ALTER TABLE "rule_version" ADD COLUMN "is_ended" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_version" ADD COLUMN "meeting" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_version" ADD COLUMN "seq" bigint;--> statement-breakpoint
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_device_token_index" ON "known_device" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "known_device_person_index" ON "known_device" USING btree ("person_id");
