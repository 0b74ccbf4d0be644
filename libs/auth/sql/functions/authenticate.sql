-- Whose token has this hash: the only question that is asked before the tenant is known, hence
-- with the rights of the owner. A disabled actor's tokens, expired and revoked ones open nothing.
create function account.authenticate(p_secret_hash bytea)
returns table (
  tenant_id text,
  actor_id text,
  role text,
  scopes text[],
  lab_ids text[],
  expires_at timestamptz
)
language sql
security definer
set search_path = account, pg_temp
as $$
  update account.token t
  set last_used_at = clock_timestamp()
  from account.actor a
  where t.secret_hash = p_secret_hash
    and t.revoked_at is null
    and t.expires_at > clock_timestamp()
    and a.tenant_id = t.tenant_id
    and a.actor_id = t.actor_id
    and not a.is_disabled
  returning t.tenant_id, a.actor_id, a.role, t.scopes, t.lab_ids, t.expires_at
$$;
revoke all on function account.authenticate (bytea) from public;
grant execute on function account.authenticate (bytea) to netfold_writer;
