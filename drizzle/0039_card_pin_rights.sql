-- Digits are set, counted and removed by the application; who did it stands in the security log.
grant select, insert, update, delete on card_pin to love_supermarket_app;
