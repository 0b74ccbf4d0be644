import type { Role } from '@netfold/application';
import { actorOf, labRow } from '@netfold/testkit';
import { GraphqlDesk } from '@netfold/testkit/graphql';
import { describe, expect, test } from 'vitest';

const labId = 'lab-00000001';

/** A desk with a lab and users; each user asks as themselves. */
async function desk(...roles: readonly Role[]) {
  const at = new GraphqlDesk();
  at.labs.give({ labId, tenantId: 'local', versions: [{ lab: [labRow(labId, 'first')] }] });
  for (const role of roles) await at.accounts.addUser('local', role, role);
  const as = (role: Role) => actorOf({ id: `user-${role}`, role });
  const ask = async (role: Role, source: string, input?: object): Promise<unknown> => {
    const { data, errors } = await at.ask(source, { input }, as(role));
    return errors.length > 0 ? errors.map(({ code }) => code) : data;
  };
  return { at, as, ask };
}

const userCreate = `mutation($input: UserCreateInput!) { userCreate(input: $input) {
  user { name role tenantId isDisabled } userErrors { code field } } }`;
const tokenCreate = `mutation($input: TokenCreateInput!) { tokenCreate(input: $input) {
  secret token { name scopes labIds expiresAt } userErrors { code field } } }`;
const memberAdd = `mutation($input: LabMemberAddInput!) { labMemberAdd(input: $input) {
  lab { name members { user { name } membership } } userErrors { code } } }`;

describe('users', () => {
  test('are made by an instructor, not by a student', async () => {
    const { ask } = await desk('instructor', 'student');
    const input = { name: 'ann', role: 'STUDENT' };
    expect(await ask('student', userCreate, input)).toEqual({
      userCreate: { user: null, userErrors: [{ code: 'FORBIDDEN', field: null }] },
    });
    expect(await ask('instructor', userCreate, input)).toEqual({
      userCreate: {
        user: { name: 'ann', role: 'STUDENT', tenantId: 'local', isDisabled: false },
        userErrors: [],
      },
    });
  });

  test.each(['', 'a\nb', 'x'.repeat(65), 'a\u2028b'])('are not called %j', async (name) => {
    const { ask } = await desk('operator');
    expect(await ask('operator', userCreate, { name, role: 'STUDENT' })).toMatchObject({
      userCreate: { user: null, userErrors: [{ field: ['input', 'name'] }] },
    });
  });

  test('are listed page by page for who administers them', async () => {
    const { ask } = await desk('operator', 'instructor', 'observer');
    const page = (after: string) =>
      `{ users(first: 2${after}) {
        nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`;
    type Page = { users: { nodes: unknown; pageInfo: { endCursor: string } } };
    const first = (await ask('operator', page(''))) as Page;
    expect(first).toMatchObject({
      users: { nodes: [{ name: 'instructor' }, { name: 'observer' }], totalCount: 3 },
    });
    const next = await ask('operator', page(`, after: "${first.users.pageInfo.endCursor}"`));
    expect(next).toMatchObject({
      users: { nodes: [{ name: 'operator' }], pageInfo: { hasNextPage: false } },
    });
    expect(await ask('observer', page(''))).toEqual(['FORBIDDEN']);
    expect(await ask('operator', page(', after: "forged"'))).toEqual(['INVALID_CURSOR']);
  });

  test('see themselves, and nobody else by id', async () => {
    const { ask } = await desk('student', 'instructor');
    const own = (await ask('student', '{ me { id name tokens { name } } }')) as {
      me: { id: string };
    };
    expect(own).toMatchObject({ me: { name: 'student', tokens: [] } });
    const other = (await ask('instructor', '{ me { id } }')) as { me: { id: string } };
    const nodeOf = (id: string) => `{ node(id: "${id}") { ... on User { name } } }`;
    expect(await ask('student', nodeOf(own.me.id))).toEqual({ node: { name: 'student' } });
    expect(await ask('student', nodeOf(other.me.id))).toEqual({ node: null });
    expect(await ask('instructor', nodeOf(own.me.id))).toEqual({ node: { name: 'student' } });
  });

  test('who are gone are told so', async () => {
    const { ask } = await desk();
    expect(await ask('student', '{ viewer { user { name } } }')).toEqual(['UNAUTHENTICATED']);
  });
});

describe('tokens', () => {
  test('show their secret once, and lie for ninety days', async () => {
    const { ask } = await desk('student');
    const made = await ask('student', tokenCreate, { name: 'laptop' });
    expect(made).toEqual({
      tokenCreate: {
        secret: 'nf_secret-of-token-1',
        token: {
          name: 'laptop',
          scopes: null,
          labIds: null,
          expiresAt: '1970-04-01T00:00:00.000Z',
        },
        userErrors: [],
      },
    });
  });

  test('are for labs that their maker sees', async () => {
    const { at, as, ask } = await desk('student');
    const input = { name: 'ci', labs: ['first'], scopes: ['LAB_READ'], days: 1 };
    expect(await ask('student', tokenCreate, input)).toMatchObject({
      tokenCreate: { token: null, userErrors: [{ code: 'LAB_NOT_FOUND' }] },
    });
    await at.accounts.put('local', labId, as('student').id, 'viewer');
    expect(await ask('student', tokenCreate, input)).toMatchObject({
      tokenCreate: { token: { scopes: ['LAB_READ'], labIds: [labId] } },
    });
  });

  test('are revoked by their holder', async () => {
    const { ask } = await desk('student');
    await ask('student', tokenCreate, { name: 'laptop' });
    const revoke = `mutation($input: TokenRevokeInput!) { tokenRevoke(input: $input) {
      token { revokedAt } userErrors { code } } }`;
    expect(await ask('student', revoke, { tokenId: 'token-1' })).toEqual({
      tokenRevoke: { token: { revokedAt: '1970-01-01T00:00:00.000Z' }, userErrors: [] },
    });
    expect(await ask('student', revoke, { tokenId: 'token-9' })).toMatchObject({
      tokenRevoke: { token: null, userErrors: [{ code: 'TOKEN_NOT_FOUND' }] },
    });
  });
});

describe('members', () => {
  test('are added by an owner, by id or name', async () => {
    const { at, as, ask } = await desk('student', 'observer');
    const input = { lab: labId, user: 'observer', membership: 'VIEWER' };
    expect(await ask('student', memberAdd, input)).toMatchObject({
      labMemberAdd: { lab: null, userErrors: [{ code: 'LAB_NOT_FOUND' }] },
    });
    await at.accounts.put('local', labId, as('student').id, 'member');
    expect(await ask('student', memberAdd, input)).toMatchObject({
      labMemberAdd: { lab: null, userErrors: [{ code: 'FORBIDDEN' }] },
    });
    await at.accounts.put('local', labId, as('student').id, 'owner');
    expect(await ask('student', memberAdd, input)).toEqual({
      labMemberAdd: {
        lab: {
          name: 'first',
          members: [
            { user: { name: 'student' }, membership: 'OWNER' },
            { user: { name: 'observer' }, membership: 'VIEWER' },
          ],
        },
        userErrors: [],
      },
    });
  });

  test('leave when they are removed, and then see nothing', async () => {
    const { at, as, ask } = await desk('operator', 'student');
    await at.accounts.put('local', labId, as('student').id, 'viewer');
    const see = '{ lab(name: "first") { name } labs(first: 9) { nodes { name } } }';
    expect(await ask('student', see)).toEqual({
      lab: { name: 'first' },
      labs: { nodes: [{ name: 'first' }] },
    });
    const remove = `mutation($input: LabMemberRemoveInput!) { labMemberRemove(input: $input) {
      user { name } userErrors { code } } }`;
    expect(await ask('operator', remove, { lab: labId, user: 'student' })).toEqual({
      labMemberRemove: { user: { name: 'student' }, userErrors: [] },
    });
    expect(await ask('student', see)).toEqual({ lab: null, labs: { nodes: [] } });
  });
});
