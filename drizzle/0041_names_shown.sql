CREATE TABLE "name_limit" (
	"region_id" integer NOT NULL,
	"most_shown" integer NOT NULL,
	CONSTRAINT "name_limit_pk" PRIMARY KEY("region_id"),
	CONSTRAINT "name_limit_level_known" CHECK ("name_limit"."most_shown" between 0 and 3)
);
--> statement-breakpoint
CREATE INDEX "act_names_change_index" ON "act" USING btree ("village_id","seq") WHERE "act"."type" = 'names.change';
