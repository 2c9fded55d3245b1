-- The server may enter checkpoints into the log of a county.
grant execute on function record_checkpoints(integer, jsonb) to love_supermarket_app;
