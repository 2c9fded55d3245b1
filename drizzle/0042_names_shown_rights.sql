-- What a county allows; what a village decided is an act and stands nowhere else.
grant select, insert, update on name_limit to love_supermarket_app;
