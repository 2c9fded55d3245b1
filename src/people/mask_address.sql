-- The network of an address: 203.0.113.7 becomes 203.0.113.*, of IPv6 the first three groups stay; '' when it is no address.
create or replace function mask_address(p_address text) returns text
language plpgsql
immutable
set search_path = public, pg_temp
as $$
declare
  v_address inet;
begin
  v_address := regexp_replace(p_address, '^::ffff:(?=[0-9]+[.])', '')::inet;
  if family(v_address) = 4 then
    return regexp_replace(host(v_address), '[0-9]+$', '*');
  end if;
  return regexp_replace(network(set_masklen(v_address, 48))::text, '/48$', '*');
exception
  when invalid_text_representation then
    return '';
end;
$$;
