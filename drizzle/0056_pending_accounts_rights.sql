-- The accounts of publicity are opened for claims alone.
revoke execute on function open_pending_accounts(integer, integer[]) from love_supermarket_app;
--> statement-breakpoint
grant execute on function open_pending_account_of_claims(integer, text[]) to love_supermarket_app;
