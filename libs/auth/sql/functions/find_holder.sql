-- Whose token it is, as `account.find_credential` tells it, for who was let in by a certificate
-- that names the token: names the tenant first, then asks as the caller.
create or replace function account.find_holder(p_tenant text, p_token text, p_now timestamptz)
returns table (
  token_id text,
  actor_id text,
  tenant_id text,
  role text,
  scopes text[],
  lab_ids text[],
  expires_at timestamptz
)
language plpgsql
security invoker
as $$
#variable_conflict use_column
begin
  perform set_config('netfold.tenant', p_tenant, true);
  return query
    select t.token_id, t.actor_id, t.tenant_id, a.role, t.scopes, t.lab_ids, t.expires_at
    from account.token t
    join account.actor a on a.tenant_id = t.tenant_id and a.actor_id = t.actor_id
    where t.tenant_id = p_tenant
      and t.token_id = p_token
      and t.revoked_at is null
      and t.expires_at > p_now
      and a.disabled_at is null;
end
$$;
grant execute on function account.find_holder (text, text, timestamptz) to netfold_account;
