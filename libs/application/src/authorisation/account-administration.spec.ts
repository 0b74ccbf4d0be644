import { actorOf, MemoryAccounts } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import type { Role } from '../actor.ts';
import type { Done } from './account-administration.ts';
import { AccountAdministration, tokenLifeMaxMs } from './account-administration.ts';
import { defaultQuotas } from './quotas.ts';

function desk(quotas = defaultQuotas) {
  const accounts = new MemoryAccounts();
  const parts = { accounts, memberships: accounts, quotas, clock: () => 0 };
  const administration = new AccountAdministration(parts);
  const add = async (name: string, role: Role) => {
    const user = await accounts.addUser('local', name, role);
    return { user, actor: actorOf({ id: user?.id ?? '', role }) };
  };
  return { accounts, administration, add };
}

const wish = { userId: null, name: 'laptop', scopes: null, labIds: null, lifeMs: null };
const codeOf = (outcome: Done<unknown>): string =>
  outcome.kind === 'done' ? 'done' : outcome.refusal.code;

describe('making users', () => {
  const may: Readonly<Record<Role, readonly Role[]>> = {
    operator: ['operator', 'instructor', 'student', 'automation', 'observer'],
    instructor: ['student', 'automation', 'observer'],
    student: [],
    automation: [],
    observer: [],
  };
  const roles = Object.keys(may) as Role[];

  test.each(roles)('%s makes whom it may', async (own) => {
    for (const role of roles) {
      const { administration } = desk();
      const outcome = await administration.createUser(actorOf({ role: own }), 'ann', role);
      expect(codeOf(outcome)).toBe(may[own].includes(role) ? 'done' : 'ROLE_TOO_HIGH');
    }
  });

  test('refuses a name twice, and one more than the quota', async () => {
    const { administration } = desk({ ...defaultQuotas, usersPerTenant: 2 });
    const create = (name: string) => administration.createUser(actorOf(), name, 'student');
    expect(codeOf(await create('ann'))).toBe('done');
    expect(codeOf(await create('ann'))).toBe('USER_NAME_TAKEN');
    expect(codeOf(await create('ben'))).toBe('done');
    expect(codeOf(await create('eve'))).toBe('QUOTA_EXCEEDED');
  });
});

describe('disabling users', () => {
  test('works downwards, never for oneself', async () => {
    const { administration, add } = desk();
    const [operator, teacher, other, ann] = await Promise.all([
      add('operator', 'operator'),
      add('teacher', 'instructor'),
      add('other', 'instructor'),
      add('ann', 'student'),
    ]);
    const disable = (by: typeof ann, whom: typeof ann) =>
      administration.disableUser(by.actor, whom.actor.id).then(codeOf);
    expect(await disable(teacher, ann)).toBe('done');
    expect(await disable(teacher, other)).toBe('USER_NOT_FOUND');
    expect(await disable(teacher, operator)).toBe('USER_NOT_FOUND');
    expect(await disable(operator, operator)).toBe('CANNOT_DISABLE_YOURSELF');
  });
});

describe('making tokens', () => {
  test('gives ninety days unless told otherwise', async () => {
    const { administration, add } = desk();
    const { actor } = await add('ann', 'student');
    const outcome = await administration.createToken(actor, wish);
    expect(outcome).toMatchObject({ value: { token: { expiresAt: 90 * 24 * 60 * 60 * 1000 } } });
  });

  test.each([
    [0, 'TOKEN_LIFE_INVALID'],
    [1, 'done'],
    [tokenLifeMaxMs, 'done'],
    [tokenLifeMaxMs + 1, 'TOKEN_LIFE_INVALID'],
  ])('a life of %i ms is %s', async (lifeMs, code) => {
    const { administration, add } = desk();
    const { actor } = await add('ann', 'student');
    expect(codeOf(await administration.createToken(actor, { ...wish, lifeMs }))).toBe(code);
  });

  test('for others works downwards, and not for who is disabled', async () => {
    const { administration, add } = desk();
    const teacher = await add('teacher', 'instructor');
    const ann = await add('ann', 'student');
    const forAnn = { ...wish, userId: ann.actor.id };
    expect(codeOf(await administration.createToken(teacher.actor, forAnn))).toBe('done');
    const forTeacher = { ...wish, userId: teacher.actor.id };
    expect(codeOf(await administration.createToken(ann.actor, forTeacher))).toBe('USER_NOT_FOUND');
    await administration.disableUser(teacher.actor, ann.actor.id);
    expect(codeOf(await administration.createToken(teacher.actor, forAnn))).toBe('USER_NOT_FOUND');
  });

  test('never reaches further than the token it is made with', async () => {
    const { administration, add } = desk();
    const { actor } = await add('teacher', 'instructor');
    const narrow = { ...actor, scopes: ['class:admin' as const], labIds: ['lab-1'] };
    const make = (scopes: typeof wish.scopes | readonly 'class:admin'[], labIds: string[] | null) =>
      administration.createToken(narrow, { ...wish, scopes, labIds }).then(codeOf);
    expect(await make(null, ['lab-1'])).toBe('TOKEN_TOO_WIDE');
    expect(await make(['class:admin'], null)).toBe('TOKEN_TOO_WIDE');
    expect(await make(['class:admin'], ['lab-1', 'lab-2'])).toBe('TOKEN_TOO_WIDE');
    expect(await make(['class:admin'], ['lab-1'])).toBe('done');
  });

  test('for an automation needs scopes', async () => {
    const { administration, add } = desk();
    const { actor } = await add('operator', 'operator');
    const bot = await add('bot', 'automation');
    const forBot = { ...wish, userId: bot.actor.id };
    expect(codeOf(await administration.createToken(actor, forBot))).toBe('TOKEN_SCOPES_MISSING');
    const scoped = { ...forBot, scopes: ['lab:read' as const] };
    expect(codeOf(await administration.createToken(actor, scoped))).toBe('done');
  });

  test('ends at the quota, and goes on when one was revoked', async () => {
    const { administration, add } = desk({ ...defaultQuotas, tokensPerTenant: 1 });
    const { actor } = await add('ann', 'student');
    const first = await administration.createToken(actor, wish);
    expect(codeOf(await administration.createToken(actor, wish))).toBe('QUOTA_EXCEEDED');
    const id = first.kind === 'done' ? first.value.token.id : '';
    expect(codeOf(await administration.revokeToken(actor, id))).toBe('done');
    expect(codeOf(await administration.createToken(actor, wish))).toBe('done');
  });

  test('another\u2019s token cannot be revoked by an equal', async () => {
    const { administration, add } = desk();
    const [ann, ben] = await Promise.all([add('ann', 'student'), add('ben', 'student')]);
    await administration.createToken(ann.actor, wish);
    expect(codeOf(await administration.revokeToken(ben.actor, 'token-1'))).toBe('TOKEN_NOT_FOUND');
  });
});

describe('members', () => {
  test('a lab keeps an owner', async () => {
    const { accounts, administration, add } = desk();
    const [ann, ben] = await Promise.all([add('ann', 'student'), add('ben', 'student')]);
    await accounts.claim('local', 'lab-1', ann.actor.id);
    const put = (of: typeof ann, as: 'owner' | 'member') =>
      administration.putMember(ann.actor, 'lab-1', of.actor.id, as).then(codeOf);
    expect(await put(ann, 'member')).toBe('LAST_OWNER');
    const leave = () => administration.removeMember(ann.actor, 'lab-1', ann.actor.id).then(codeOf);
    expect(await leave()).toBe('LAST_OWNER');
    expect(await put(ben, 'owner')).toBe('done');
    expect(await leave()).toBe('done');
  });

  test('are users of the tenant', async () => {
    const { administration } = desk();
    expect(codeOf(await administration.putMember(actorOf(), 'lab-1', 'nobody', 'member'))).toBe(
      'USER_NOT_FOUND',
    );
  });
});
