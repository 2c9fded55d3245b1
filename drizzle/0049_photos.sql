CREATE TABLE "photo" (
	"photo_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "photo_photo_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"village_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"purpose" text NOT NULL,
	"is_public" boolean NOT NULL,
	"added_by" integer,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "photo_pk" PRIMARY KEY("photo_id"),
	CONSTRAINT "photo_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "photo_purpose_form" CHECK ("photo"."purpose" ~ '^[a-z_]{1,30}$'),
	CONSTRAINT "photo_hash_length" CHECK (octet_length("photo"."sha256") = 32),
	CONSTRAINT "photo_measures" CHECK ("photo"."bytes" > 0 and "photo"."width" > 0 and "photo"."height" > 0)
);
--> statement-breakpoint
ALTER TABLE "photo" ADD CONSTRAINT "photo_village_fk" FOREIGN KEY ("village_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo" ADD CONSTRAINT "photo_person_fk" FOREIGN KEY ("added_by") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photo_content_index" ON "photo" USING btree ("village_id","sha256");
