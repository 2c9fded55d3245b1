-- What an act disclosed is removed by an erasure alone, and the application erases only together with the act that says so.
create trigger disclosure_row_stays before update or delete on disclosure
  for each row execute function refuse_disclosure_change();
--> statement-breakpoint
create trigger disclosure_table_stays before truncate on disclosure
  for each statement execute function refuse_change();
--> statement-breakpoint
grant execute on function erase_household(integer, jsonb, integer, text) to love_supermarket_app;
