-- How far a check is and what it found: kept by the application, and no part of the record.
grant select, insert, update on village_check to love_supermarket_app;
