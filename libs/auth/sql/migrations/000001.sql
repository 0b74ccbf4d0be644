-- Users, tokens, members: mutable, apart from the log and from the droppable read models.
-- Events hold only opaque user ids; names stand here and can be erased.

grant usage on schema account to netfold_account;

-- A class or team.
create table account.tenant (
  tenant_id text collate "C" primary key,
  created_at timestamptz not null
);
grant select, insert on account.tenant to netfold_account;

create table account.actor (
  tenant_id text collate "C" not null references account.tenant,
  actor_id text collate "C" not null,
  name text collate "C" not null,
  role text not null
    check (role in ('operator', 'instructor', 'student', 'automation', 'observer')),
  created_at timestamptz not null,
  -- Since when their tokens open nothing.
  disabled_at timestamptz,
  primary key (tenant_id, actor_id),
  unique (tenant_id, name)
);
grant select, insert, update on account.actor to netfold_account;

-- The secret is 32 random bytes, so a plain hash is enough; it is stored nowhere.
create table account.token (
  tenant_id text collate "C" not null,
  token_id text collate "C" not null,
  actor_id text collate "C" not null,
  name text collate "C" not null,
  secret_hash bytea not null unique,
  -- Null: all that the role may do.
  scopes text[],
  -- Null: every lab that the actor may see.
  lab_ids text[],
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, token_id),
  foreign key (tenant_id, actor_id) references account.actor
);
create index token_of_actor on account.token (tenant_id, actor_id, created_at desc);
grant select, insert, update on account.token to netfold_account;

create table account.lab_member (
  tenant_id text collate "C" not null,
  lab_id text collate "C" not null,
  actor_id text collate "C" not null,
  membership text not null check (membership in ('owner', 'member', 'viewer')),
  primary key (tenant_id, lab_id, actor_id),
  foreign key (tenant_id, actor_id) references account.actor
);
create index lab_of_member on account.lab_member (tenant_id, actor_id, lab_id);
grant select, insert, update, delete on account.lab_member to netfold_account;

-- The second wall: a statement sees the tenant that its transaction has named, or nothing.
alter table account.tenant enable row level security;
alter table account.tenant force row level security;
create policy owner on account.tenant to netfold_owner using (true) with check (true);
create policy tenant on account.tenant to netfold_account
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''))
  with check (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
alter table account.actor enable row level security;
alter table account.actor force row level security;
create policy owner on account.actor to netfold_owner using (true) with check (true);
create policy tenant on account.actor to netfold_account
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''))
  with check (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
alter table account.token enable row level security;
alter table account.token force row level security;
create policy owner on account.token to netfold_owner using (true) with check (true);
create policy tenant on account.token to netfold_account
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''))
  with check (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
alter table account.lab_member enable row level security;
alter table account.lab_member force row level security;
create policy owner on account.lab_member to netfold_owner using (true) with check (true);
create policy tenant on account.lab_member to netfold_account
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''))
  with check (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
