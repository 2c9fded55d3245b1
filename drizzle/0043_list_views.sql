ALTER TABLE "personal_view" DROP CONSTRAINT "personal_view_kind_known";--> statement-breakpoint
ALTER TABLE "personal_view" ALTER COLUMN "household_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "personal_view" ADD CONSTRAINT "personal_view_of_one_or_list" CHECK (("personal_view"."household_id" is null) = ("personal_view"."kind" = 'list'));--> statement-breakpoint
ALTER TABLE "personal_view" ADD CONSTRAINT "personal_view_kind_known" CHECK ("personal_view"."kind" in ('page', 'statement', 'program', 'copy', 'list'));
