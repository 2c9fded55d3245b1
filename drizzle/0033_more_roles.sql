ALTER TABLE "appointment" DROP CONSTRAINT "appointment_role_known";--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_role_known" CHECK ("appointment"."role" in ('manager', 'recorder', 'storekeeper', 'supervisor', 'leader', 'township_officer', 'county_officer', 'auditor', 'county_administrator'));
