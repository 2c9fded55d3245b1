-- The second wall of append-only: whoever asks, whatever the privileges, a recorded row stays as it was written.
create or replace function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name
    using errcode = 'restrict_violation';
end;
$$;
