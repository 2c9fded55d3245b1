-- Donors are added and changed in the village's own list; what is personal about a wish is added once. What became of both is in the acts.
grant select, insert, update on donor to love_supermarket_app;
--> statement-breakpoint
grant select, insert on wish to love_supermarket_app;
