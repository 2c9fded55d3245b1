-- A code is given, replaced by the next one, and gone when it is used.
grant select, insert, update, delete on reset_code to love_supermarket_app;
