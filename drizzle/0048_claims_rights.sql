-- Claims and what relatives somebody declared change with an act alone: the application reads them.
grant select on claim, objection, kinship to love_supermarket_app;
--> statement-breakpoint
grant execute on function
  change_claims(integer, jsonb, jsonb),
  open_pending_accounts(integer, integer[])
   to love_supermarket_app;
