-- Photos are added, and shown to everybody once somebody has checked them; nothing else about them changes.
grant select, insert on photo to love_supermarket_app;
--> statement-breakpoint
grant update (is_public) on photo to love_supermarket_app;
