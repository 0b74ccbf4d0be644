-- What an actor is to a lab, in one round trip: names the tenant first, then asks as the caller.
create or replace function account.membership_of(p_tenant text, p_lab text, p_actor text)
returns text
language plpgsql
security invoker
as $$
begin
  perform set_config('netfold.tenant', p_tenant, true);
  return (
    select m.membership from account.lab_member m
    where m.tenant_id = p_tenant and m.lab_id = p_lab and m.actor_id = p_actor
  );
end
$$;
grant execute on function account.membership_of (text, text, text) to netfold_account;
