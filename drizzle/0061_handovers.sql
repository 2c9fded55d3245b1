ALTER TABLE "handover" DROP CONSTRAINT "handover_state_known";--> statement-breakpoint
DROP INDEX "handover_one_at_a_time";--> statement-breakpoint
ALTER TABLE "handover" ALTER COLUMN "to_person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "handover" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "handover_one_at_a_time" ON "handover" USING btree ("village_id","role") WHERE "handover"."state" in ('opened', 'listed');--> statement-breakpoint
ALTER TABLE "handover" ADD CONSTRAINT "handover_by_act" CHECK (("handover"."state" in ('complete', 'waived')) = ("handover"."operation_id" is not null));--> statement-breakpoint
ALTER TABLE "handover" ADD CONSTRAINT "handover_state_known" CHECK ("handover"."state" in ('opened', 'listed', 'complete', 'cancelled', 'waived'));
--> statement-breakpoint
-- Completes a handover together with its act: both, or neither. Answers as post_act does; also "stale" when it is not signed by both
-- any more. Its lock comes before the locks of post_act.
create or replace function complete_handover(p_village_id integer, p_operation jsonb, p_handover_id integer) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_is_signed boolean;
  v_answer jsonb;
begin
  select state = 'listed' and from_signed_at is not null and to_signed_at is not null
    into v_is_signed
    from handover
   where village_id = p_village_id
     and handover_id = p_handover_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_is_signed is not true then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update handover
       set state = 'complete',
           closed_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and handover_id = p_handover_id;
  end if;
  return v_answer;
end;
$$;
--> statement-breakpoint
-- Lets a change of hands be, together with its act: both, or neither. One that was under way ends with it. Answers as post_act does.
-- p_waived = { role, from, to, reason }; "to" is missing where there is no successor yet.
create or replace function waive_handover(p_village_id integer, p_operation jsonb, p_waived jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;

  update handover
     set state = 'waived',
         reason = p_waived ->> 'reason',
         closed_at = ledger_clock(),
         operation_id = p_operation ->> 'operationId'
   where village_id = p_village_id
     and role = p_waived ->> 'role'
     and from_person_id = (p_waived ->> 'from')::integer
     and state in ('opened', 'listed');
  if not found then
    insert into handover
      (village_id, role, state, from_person_id, to_person_id, opened_by, opened_at, reason, closed_at, operation_id)
    values
      (p_village_id, p_waived ->> 'role', 'waived', (p_waived ->> 'from')::integer, (p_waived ->> 'to')::integer,
       (p_operation ->> 'recordedBy')::integer, ledger_clock(), p_waived ->> 'reason', ledger_clock(),
       p_operation ->> 'operationId');
  end if;
  return v_answer;
end;
$$;
--> statement-breakpoint
grant execute on function
  complete_handover(integer, jsonb, integer),
  waive_handover(integer, jsonb, jsonb)
   to love_supermarket_app;
