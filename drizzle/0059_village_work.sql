CREATE INDEX "act_kept_index" ON "act" USING btree ("village_id","type","seq") WHERE "act"."type" in (
          'inspection.plan', 'inspection.result', 'problem.find', 'problem.assign', 'problem.fix', 'problem.check',
          'problem.close', 'problem.defer', 'sample.draw', 'sample.check', 'honor.open', 'honor.nominate',
          'honor.review', 'honor.award', 'honor.close'
        );
