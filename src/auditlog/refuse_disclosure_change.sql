-- What an act disclosed stays as it was written. It may go as a whole once a later act says that it was erased: of the account that it
-- was about, or by its number in what the erasure discloses as "also". Nothing else removes it, whoever asks.
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
      left join disclosure as said
        on said.village_id = erasure.village_id
       and said.seq = erasure.seq
     where act.village_id = old.village_id
       and act.seq = old.seq
       and (
         erasure.facts ->> 'acct' = convert_from(act.leaf, 'UTF8')::jsonb ->> 'acct'
         or exists (
           select
             from jsonb_array_elements(said.openings) as opening
            where opening ->> 1 = 'also'
              and old.seq::text = any (string_to_array(opening ->> 2, ' '))
         )
       )
  ) then
    return old;
  end if;
  raise exception 'what an act disclosed is removed by an erasure alone'
    using errcode = 'restrict_violation';
end;
$$;
