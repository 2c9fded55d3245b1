-- Work lists of the shop; what they lead to are acts, which the application writes through these functions alone.
grant select, insert, update on goods_proposal, stocktake, stocktake_line, handover to love_supermarket_app;
--> statement-breakpoint
grant execute on function
  approve_proposal(integer, jsonb, integer),
  post_stocktake(integer, jsonb, integer, text),
  stocktake_lines_seen(integer, integer)
   to love_supermarket_app;
