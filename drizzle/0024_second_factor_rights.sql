-- An authenticator is added, its last step moves on, and it is removed with its codes; settings are replaced.
grant select, insert, update, delete on second_factor to love_supermarket_app;
--> statement-breakpoint
grant select, insert, update on recovery_code, access_setting to love_supermarket_app;
