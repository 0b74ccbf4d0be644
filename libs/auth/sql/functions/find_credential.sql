-- The holder of a secret, whatever the tenant: the one look across the wall, for a secret is all
-- that a request brings. Answers nothing for a secret that opens nothing.
create or replace function account.find_credential(p_secret_hash bytea, p_now timestamptz)
returns table (
  token_id text,
  actor_id text,
  tenant_id text,
  role text,
  scopes text[],
  lab_ids text[],
  secret_hash bytea,
  expires_at timestamptz
)
language sql
security definer
set search_path = pg_catalog
as $$
  -- Noted about once a minute: a busy token must not write at every request.
  update account.token t
  set last_used_at = p_now
  where t.secret_hash = p_secret_hash
    and t.revoked_at is null
    and t.expires_at > p_now
    and (t.last_used_at is null or t.last_used_at < p_now - interval '1 minute');
  select
    t.token_id, t.actor_id, t.tenant_id, a.role, t.scopes, t.lab_ids, t.secret_hash, t.expires_at
  from account.token t
  join account.actor a on a.tenant_id = t.tenant_id and a.actor_id = t.actor_id
  where t.secret_hash = p_secret_hash
    and t.revoked_at is null
    and t.expires_at > p_now
    and a.disabled_at is null;
$$;
revoke all on function account.find_credential(bytea, timestamptz) from public;
grant execute on function account.find_credential(bytea, timestamptz) to netfold_account;
