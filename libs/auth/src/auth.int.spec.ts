import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@netfold/application';
import { actorOf, TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccountDatabase, WallDown } from './account-database.ts';
import { ensureLocalOperator } from './local-operator.ts';
import { migrateAccounts } from './migrate.ts';
import { PostgresAccounts } from './postgres-accounts.ts';
import { PostgresMemberships } from './postgres-memberships.ts';
import {
  credentialMsMax,
  TokenAuthenticator,
  wrongTokenBurst,
  wrongTokensPerSecond,
} from './token-authenticator.ts';

const dayMs = 24 * 60 * 60 * 1000;
type Connection = Awaited<ReturnType<TestPostgres['database']>>;

let postgres: TestPostgres;
let connection: Connection;
let database: AccountDatabase;
let now = Date.UTC(2026, 0, 1);
const clock = () => now;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  connection = await postgres.database();
  await withClient(connection, migrateAccounts);
  database = new AccountDatabase(connection);
}, 60_000);

afterAll(async () => {
  await database.close();
  await postgres.stop();
});

function desk() {
  const authenticator = new TokenAuthenticator(database, clock);
  const accounts = new PostgresAccounts(database, clock, () => authenticator.forget());
  return { accounts, authenticator, memberships: new PostgresMemberships(database) };
}

let tenants = 0;
/** A tenant of its own for each test, with one user. */
async function withUser() {
  const { accounts, ...rest } = desk();
  tenants += 1;
  const tenantId = `class-${tenants}`;
  const user = await accounts.addUser(tenantId, 'ann', 'student');
  if (user === null) throw new Error('the tenant is not new');
  const wish = { userId: user.id, name: 'laptop', scopes: null, labIds: null };
  const { token, secret } = await accounts.addToken(tenantId, { ...wish, expiresAt: now + dayMs });
  return { ...rest, accounts, tenantId, user, wish, token, secret, header: `Bearer ${secret}` };
}

describe('the schema of accounts', () => {
  test('outlives a connection that breaks between two statements', async () => {
    const broken = database.inTenant('class-lost', async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await withClient(connection, (owner) =>
        owner.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]),
      );
      await client.query('select 1');
    });
    await expect(broken).rejects.toThrow();
    await expect(database.demandWall()).resolves.toBeUndefined();
  });

  test('can be brought up to date again and again', async () => {
    expect(await withClient(connection, migrateAccounts)).toEqual({ applied: 0 });
  });
});

describe('the second wall', () => {
  test('stands', async () => {
    await withUser();
    await expect(database.demandWall()).resolves.toBeUndefined();
  });

  test('is found down when somebody switched it off', async () => {
    const other = await postgres.database();
    const open = new AccountDatabase(other);
    await withClient(other, async (client) => {
      await migrateAccounts(client);
      await client.query('alter table account.token no force row level security');
    });
    await expect(open.demandWall()).rejects.toThrow(WallDown);
    await open.close();
  });

  test('shows a tenant nothing of another, and takes no row for another', async () => {
    const mine = await withUser();
    const theirs = await withUser();
    expect(await mine.accounts.findUser(mine.tenantId, theirs.user.id)).toBeNull();
    expect(await mine.accounts.findToken(mine.tenantId, theirs.token.id)).toBeNull();
    expect(await mine.accounts.revokeToken(mine.tenantId, theirs.token.id)).toBeNull();
    expect(await mine.accounts.disableUser(mine.tenantId, theirs.user.id)).toBeNull();
    expect(await theirs.authenticator.authenticate(theirs.header)).not.toBeNull();
    const foreign = {
      tenantId: theirs.tenantId,
      text: 'insert into account.tenant values ($1, now())',
    };
    const insert = database.inTenant(mine.tenantId, (client) =>
      client.query(foreign.text, [`${foreign.tenantId}-x`]),
    );
    await expect(insert).rejects.toThrow(/row-level security/);
  });

  test('forgets the tenant with the transaction', async () => {
    const { tenantId } = await withUser();
    await database.inTenant(tenantId, async () => undefined);
    const seen = await database.call<{ count: string }>(
      'seen',
      'select count(*) as count from account.actor',
      [],
    );
    expect(seen?.count).toBe('0');
  });
});

describe('a token', () => {
  test('opens for its holder, with role, scopes and labs', async () => {
    const { accounts, authenticator, tenantId, user, wish } = await withUser();
    const narrow = { ...wish, scopes: ['lab:read' as const], labIds: ['lab-00000001'] };
    const wished = { ...narrow, expiresAt: now + dayMs };
    const { secret, token } = await accounts.addToken(tenantId, wished);
    expect(secret).toMatch(/^nf_[A-Za-z0-9_-]{43}$/);
    const actor: Actor = {
      id: user.id,
      tenantId,
      role: 'student',
      scopes: ['lab:read'],
      labIds: ['lab-00000001'],
      tokenId: token.id,
    };
    expect(await authenticator.authenticate(`bearer ${secret}`)).toEqual(actor);
  });

  test('is stored as a hash only', async () => {
    const { secret } = await withUser();
    const dump = await withClient(connection, (client) =>
      client.query('select t::text as line from account.token t'),
    );
    expect(JSON.stringify(dump.rows)).not.toContain(secret);
  });

  test.each([
    ['no header', () => undefined],
    ['another scheme', (secret: string) => `Basic ${secret}`],
    ['no secret', () => 'Bearer '],
    ['a wrong last character', (secret: string) => `Bearer ${flipLast(secret)}`],
    ['two secrets', (secret: string) => `Bearer ${secret} ${secret}`],
    ['a megabyte', () => `Bearer nf_${'x'.repeat(1_000_000)}`],
    ['a JWT without signature', () => 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
  ])('opens nothing with %s', async (_, headerOf) => {
    const { authenticator, secret } = await withUser();
    expect(await authenticator.authenticate(headerOf(secret))).toBeNull();
  });

  test('is told to wait after too many wrong ones, and a right one never is', async () => {
    const { authenticator, secret, header } = await withUser();
    const wrong = `Bearer ${flipLast(secret)}`;
    for (let knock = 0; knock < wrongTokenBurst; knock += 1) {
      expect(await authenticator.authenticate(wrong)).toBeNull();
    }
    const refusal = { name: 'RateExceeded', retryAfterMs: 1_000 / wrongTokensPerSecond };
    await expect(authenticator.authenticate(wrong)).rejects.toMatchObject(refusal);
    expect(await authenticator.authenticate(header)).not.toBeNull();
    now += 1_000 / wrongTokensPerSecond;
    expect(await authenticator.authenticate(wrong)).toBeNull();
    await expect(authenticator.authenticate(wrong)).rejects.toMatchObject(refusal);
  });

  test('opens nothing from the moment it is revoked', async () => {
    const { accounts, authenticator, tenantId, token, header } = await withUser();
    expect(await authenticator.authenticate(header)).not.toBeNull();
    await accounts.revokeToken(tenantId, token.id);
    expect(await authenticator.authenticate(header)).toBeNull();
  });

  test('opens nothing soon after another process revoked it', async () => {
    const { authenticator, tenantId, token, header } = await withUser();
    expect(await authenticator.authenticate(header)).not.toBeNull();
    await desk().accounts.revokeToken(tenantId, token.id);
    now += credentialMsMax;
    expect(await authenticator.authenticate(header)).toBeNull();
  });

  test('opens nothing when it has run out', async () => {
    const { authenticator, header } = await withUser();
    now += dayMs - 1;
    expect(await authenticator.authenticate(header)).not.toBeNull();
    now += 1;
    expect(await authenticator.authenticate(header)).toBeNull();
  });

  test('opens nothing when its holder is disabled', async () => {
    const { accounts, authenticator, tenantId, user, header } = await withUser();
    expect(await authenticator.authenticate(header)).not.toBeNull();
    expect((await accounts.disableUser(tenantId, user.id))?.isDisabled).toBe(true);
    expect(await authenticator.authenticate(header)).toBeNull();
  });

  test('names the same holder by its id, for as long as it opens anything', async () => {
    const { accounts, authenticator, tenantId, token, header } = await withUser();
    const holder = await authenticator.actorOfToken(tenantId, token.id);
    expect(holder).toEqual(await authenticator.authenticate(header));
    expect(holder?.tokenId).toBe(token.id);
    expect(await authenticator.actorOfToken('class-other', token.id)).toBeNull();
    expect(await authenticator.actorOfToken(tenantId, 'token-other')).toBeNull();
    await accounts.revokeToken(tenantId, token.id);
    expect(await authenticator.actorOfToken(tenantId, token.id)).toBeNull();
  });

  test('names nobody by its id when it has run out, or its holder is disabled', async () => {
    const { accounts, authenticator, tenantId, user, token } = await withUser();
    await accounts.disableUser(tenantId, user.id);
    expect(await authenticator.actorOfToken(tenantId, token.id)).toBeNull();
    const other = await withUser();
    now += dayMs;
    expect(await other.authenticator.actorOfToken(other.tenantId, other.token.id)).toBeNull();
  });

  test('says when it was used last', async () => {
    const { accounts, authenticator, tenantId, token, header } = await withUser();
    await authenticator.authenticate(header);
    expect((await accounts.findToken(tenantId, token.id))?.lastUsedAt).toBe(now);
  });

  test('counts until it can no longer be used', async () => {
    const { accounts, tenantId, token } = await withUser();
    expect(await accounts.countTokens(tenantId)).toBe(1);
    await accounts.revokeToken(tenantId, token.id);
    expect(await accounts.countTokens(tenantId)).toBe(0);
  });
});

const flipLast = (text: string): string => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`;

describe('users', () => {
  test('have unique names in a tenant, and stand in order of them', async () => {
    const { accounts, tenantId } = await withUser();
    expect(await accounts.addUser(tenantId, 'ann', 'observer')).toBeNull();
    await accounts.addUser(tenantId, 'Zoe', 'observer');
    await accounts.addUser(tenantId, 'ben', 'observer');
    const names = async (after: string | null) =>
      (await accounts.users(tenantId, 2, after)).map(({ name }) => name);
    expect(await names(null)).toEqual(['Zoe', 'ann']);
    expect(await names('ann')).toEqual(['ben']);
    expect(await accounts.countUsers(tenantId)).toBe(3);
  });
});

describe('members of a lab', () => {
  test('are put, changed and removed', async () => {
    const { memberships, tenantId, user } = await withUser();
    const actor = actorOf({ id: user.id, tenantId });
    expect(await memberships.membershipOf(actor, 'lab-1')).toBeNull();
    await memberships.put(tenantId, 'lab-1', user.id, 'viewer');
    await memberships.put(tenantId, 'lab-1', user.id, 'member');
    expect(await memberships.membershipOf(actor, 'lab-1')).toBe('member');
    expect(await memberships.labIdsOf(actor)).toEqual(['lab-1']);
    expect(await memberships.membersOf(tenantId, 'lab-1')).toEqual([
      { user, membership: 'member' },
    ]);
    expect(await memberships.remove(tenantId, 'lab-1', user.id)).toBe(true);
    expect(await memberships.remove(tenantId, 'lab-1', user.id)).toBe(false);
    expect(await memberships.membershipOf(actor, 'lab-1')).toBeNull();
  });

  test('of equal names in two tenants are kept apart', async () => {
    const mine = await withUser();
    const theirs = await withUser();
    await mine.memberships.put(mine.tenantId, 'lab-2', mine.user.id, 'owner');
    const actor = actorOf({ id: mine.user.id, tenantId: theirs.tenantId });
    expect(await theirs.memberships.membershipOf(actor, 'lab-2')).toBeNull();
    expect(await theirs.memberships.membersOf(theirs.tenantId, 'lab-2')).toEqual([]);
  });

  test('have one first owner, whoever claims at the same moment', async () => {
    const { accounts, memberships, tenantId } = await withUser();
    const names = ['b', 'c', 'd', 'e'];
    const users = await Promise.all(
      names.map((name) => accounts.addUser(tenantId, name, 'student')),
    );
    await Promise.all(users.map((user) => memberships.claim(tenantId, 'lab-3', user?.id ?? '')));
    const members = await memberships.membersOf(tenantId, 'lab-3');
    expect(members.map(({ membership }) => membership)).toEqual(['owner']);
  });
});

describe('the local operator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-token-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const secretIn = (path: string): string => readFileSync(path, 'utf8').trim();

  test('finds a token in a file of its own, the same at every start', async () => {
    const { authenticator } = desk();
    const path = await ensureLocalOperator(database, folder, clock);
    const secret = secretIn(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await ensureLocalOperator(database, folder, clock);
    expect(secretIn(path)).toBe(secret);
    expect(await authenticator.authenticate(`Bearer ${secret}`)).toMatchObject({
      tenantId: 'local',
      role: 'operator',
      scopes: null,
      labIds: null,
    });
  });

  test('gets a new token when the file is gone or spoilt; the old one opens nothing', async () => {
    const path = await ensureLocalOperator(database, folder, clock);
    const before = secretIn(path);
    writeFileSync(path, 'spoilt\n');
    await ensureLocalOperator(database, folder, clock);
    const after = secretIn(path);
    expect(after).not.toBe(before);
    const { authenticator } = desk();
    expect(await authenticator.authenticate(`Bearer ${before}`)).toBeNull();
    expect(await authenticator.authenticate(`Bearer ${after}`)).not.toBeNull();
  });
});
