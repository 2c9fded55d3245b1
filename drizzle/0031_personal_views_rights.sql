-- Who looked at whom is added and read, and forgotten by forget_old_traces alone.
grant select, insert on personal_view to love_supermarket_app;
