ALTER TABLE "personal_view" DROP CONSTRAINT "personal_view_kind_known";--> statement-breakpoint
ALTER TABLE "personal_view" ADD CONSTRAINT "personal_view_kind_known" CHECK ("personal_view"."kind" in ('page', 'statement', 'program', 'copy'));
