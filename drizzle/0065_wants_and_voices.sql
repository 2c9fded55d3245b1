ALTER TABLE "photo" DROP CONSTRAINT "photo_measures";--> statement-breakpoint
ALTER TABLE "photo" ADD COLUMN "media" text DEFAULT 'jpeg' NOT NULL;--> statement-breakpoint
ALTER TABLE "photo" ADD CONSTRAINT "photo_media_known" CHECK ("photo"."media" in ('jpeg', 'webm', 'ogg', 'mp4', 'mp3', 'wav'));
--> statement-breakpoint
ALTER TABLE "photo" ADD CONSTRAINT "photo_measures" CHECK ("photo"."bytes" > 0 and ("photo"."media" = 'jpeg') = ("photo"."width" > 0 and "photo"."height" > 0));
--> statement-breakpoint
CREATE TABLE "goods_want" (
	"village_id" integer NOT NULL,
	"want_key" text NOT NULL,
	"goods_id" integer NOT NULL,
	"quantity" integer NOT NULL,
	"source" text NOT NULL,
	"wanted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goods_want_pk" PRIMARY KEY("village_id","want_key","goods_id"),
	CONSTRAINT "goods_want_quantity_small" CHECK ("goods_want"."quantity" between 1 and 99),
	CONSTRAINT "goods_want_source_known" CHECK ("goods_want"."source" in ('refused', 'noted'))
);
--> statement-breakpoint
ALTER TABLE "goods_want" ADD CONSTRAINT "goods_want_goods_fk" FOREIGN KEY ("village_id","goods_id") REFERENCES "public"."goods"("village_id","goods_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "goods_want_goods_index" ON "goods_want" USING btree ("village_id","goods_id","wanted_at");
--> statement-breakpoint
-- What was asked for in vain is counted and never changed.
grant select, insert on goods_want to love_supermarket_app;
