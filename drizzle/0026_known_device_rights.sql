grant select, insert, update on known_device to love_supermarket_app;
