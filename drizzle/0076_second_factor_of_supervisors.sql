ALTER TABLE "access_setting" DROP CONSTRAINT "access_setting_second_factor_known";--> statement-breakpoint
ALTER TABLE "access_setting" ADD CONSTRAINT "access_setting_second_factor_known" CHECK ("access_setting"."second_factor" in ('offered', 'administrators', 'offices', 'supervisors'));
