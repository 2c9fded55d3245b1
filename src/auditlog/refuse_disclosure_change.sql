-- What an act disclosed stays as it was written. It may go as a whole once a later act says that it was erased, and which account
-- it was about; nothing else removes it, whoever asks.
create or replace function refuse_disclosure_change() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' and exists (
    select
      from act
      join act as erasure
        on erasure.village_id = act.village_id
       and erasure.seq > act.seq
       and erasure.type = 'erasure'
       and erasure.facts ->> 'acct' = convert_from(act.leaf, 'UTF8')::jsonb ->> 'acct'
     where act.village_id = old.village_id
       and act.seq = old.seq
  ) then
    return old;
  end if;
  raise exception 'what an act disclosed is removed by an erasure alone'
    using errcode = 'restrict_violation';
end;
$$;
