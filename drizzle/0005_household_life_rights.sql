-- The application changes households and cards only together with the acts that say so.
grant execute on function change_household(integer, jsonb, jsonb) to love_supermarket_app;
