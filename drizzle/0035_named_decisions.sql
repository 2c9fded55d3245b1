ALTER TABLE "rule_version" ADD COLUMN "decided_by" text DEFAULT '' NOT NULL;
