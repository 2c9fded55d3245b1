-- The security log is written by its function alone and never changed; only whole addresses are forgotten, by theirs.
grant select on security_event, security_event_address to love_supermarket_app;
--> statement-breakpoint
grant execute on function
  mask_address(text),
  record_security_event(text, boolean, integer, integer, integer, text, jsonb),
  forget_old_traces()
   to love_supermarket_app;
--> statement-breakpoint
create trigger security_event_row_stays before update or delete on security_event
  for each row execute function refuse_change();
--> statement-breakpoint
create trigger security_event_table_stays before truncate on security_event
  for each statement execute function refuse_change();
