import type { CommandBody } from '@netfold/contracts';
import { actorOf } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import type { Membership, Role, Scope } from '../actor.ts';
import { can, grants } from './can.ts';
import type { AccessRequest } from './can.ts';
import { permissionRows, roles } from './permission-table.ts';
import {
  permissionOfCommand,
  permissionOfDockerRoute,
  permissionOfGraphqlField,
  permissions,
  permissionsOnLab,
  scopeOfPermission,
} from './permission.ts';

const labId = 'lab-00000001';
const memberships: readonly Membership[] = [null, 'viewer', 'member', 'owner'];
const scopes: readonly Scope[] = ['lab:read', 'lab:write', 'class:admin', 'host:docker'];

const requestOf = (route: string): AccessRequest => {
  if (!route.startsWith('Command.')) return { kind: 'graphql', field: route, labId };
  // `can` looks at the type of a command and of its parts, at nothing else.
  const body = { type: route.slice('Command.'.length), commands: [] } as unknown as CommandBody;
  return { kind: 'command', face: 'graphql', labId, body };
};

describe('the table of permissions', () => {
  const rows = permissionRows([]);

  test('has a row for every command and every field of the schema', () => {
    const routes = Object.keys(permissionOfGraphqlField).length;
    expect(rows).toHaveLength(routes + Object.keys(permissionOfCommand).length);
  });

  test.each(rows.map((row) => [row.route, row] as const))('holds for %s', (route, row) => {
    for (const role of roles) {
      for (const [rank, membership] of memberships.entries()) {
        const actor = actorOf({ role, scopes: role === 'automation' ? scopes : null });
        const grant = row.cells[role];
        const needed = { tenant: 0, viewer: 1, member: 2, owner: 3, never: 9 }[grant];
        const answer = can(actor, requestOf(route), membership);
        expect(`${role} as ${membership}: ${answer}`).toBe(
          `${role} as ${membership}: ${rank >= needed}`,
        );
      }
    }
  });
});

test('what nobody has listed is denied to everybody', () => {
  for (const role of roles) {
    const actor = actorOf({ role, scopes: role === 'automation' ? scopes : null });
    for (const field of ['Query.everything', 'constructor', '__proto__', '']) {
      expect(can(actor, { kind: 'graphql', field, labId }, 'owner')).toBe(false);
    }
  }
});

test('every permission is granted to an operator', () => {
  for (const permission of permissions) expect(grants.operator[permission]).toBe('tenant');
});

describe('a batch', () => {
  const batch = (...types: readonly string[]): AccessRequest => {
    const commands = types.map((type) => ({ type }));
    const body = { type: 'ApplyBatch', commands } as unknown as CommandBody;
    return { kind: 'command', face: 'graphql', labId, body };
  };

  test('needs what each of its parts needs', () => {
    const member = actorOf({ role: 'student' });
    expect(can(member, batch('CreateNetwork'), 'member')).toBe(true);
    expect(can(member, batch('CreateNetwork', 'RemoveLab'), 'member')).toBe(false);
  });
});

describe('a scope', () => {
  const automation = (...held: readonly Scope[]) => actorOf({ role: 'automation', scopes: held });
  const read: AccessRequest = { kind: 'graphql', field: 'Query.lab', labId };
  const write: AccessRequest = { kind: 'graphql', field: 'Mutation.networkCreate', labId };

  test('gives an automation what it names and nothing else', () => {
    expect(can(automation('lab:read'), read, null)).toBe(true);
    expect(can(automation('lab:read'), write, null)).toBe(false);
    expect(can(automation('lab:write'), read, null)).toBe(false);
  });

  test('that is missing leaves an automation nothing, all others everything', () => {
    expect(can(actorOf({ role: 'automation', scopes: null }), read, 'owner')).toBe(false);
    expect(can(actorOf({ role: 'operator', scopes: null }), write, null)).toBe(true);
  });

  test('narrows any role', () => {
    const operator = actorOf({ role: 'operator', scopes: ['lab:read'] });
    expect(can(operator, read, null)).toBe(true);
    expect(can(operator, write, null)).toBe(false);
    expect(
      can(operator, { kind: 'graphql', field: 'Mutation.tokenCreate', labId: null }, null),
    ).toBe(false);
  });

  test('of the Docker API opens the Docker API only', () => {
    const docker = automation('host:docker');
    const command = (face: 'docker' | 'graphql'): AccessRequest => ({
      kind: 'command',
      face,
      labId,
      body: {
        type: 'RemoveHost',
        host: 'h1',
      },
    });
    expect(can(docker, { kind: 'docker', route: 'GET /networks', labId }, null)).toBe(true);
    expect(can(docker, { kind: 'docker', route: 'POST /networks/create', labId }, null)).toBe(true);
    expect(can(docker, command('docker'), null)).toBe(true);
    expect(can(docker, command('graphql'), null)).toBe(false);
  });

  test('stands for every permission but seeing oneself', () => {
    const free = permissions.filter((permission) => scopeOfPermission[permission] === null);
    expect(free).toEqual(['account.self']);
  });
});

describe('a token for some labs', () => {
  const holder = actorOf({ labIds: [labId] });
  const field = (name: string, lab: string | null): AccessRequest => ({
    kind: 'graphql',
    field: name,
    labId: lab,
  });

  test('reaches these and no other', () => {
    expect(can(holder, field('Query.lab', labId), null)).toBe(true);
    expect(can(holder, field('Query.lab', 'lab-00000002'), null)).toBe(false);
    expect(can(holder, field('Query.lab', null), null)).toBe(false);
  });

  test('makes no lab and administers nobody', () => {
    for (const name of ['labCreate', 'userCreate', 'userDisable', 'tokenCreate', 'tokenRevoke']) {
      expect(can(holder, field(`Mutation.${name}`, null), null)).toBe(false);
    }
    expect(can(holder, field('Query.me', null), null)).toBe(true);
    expect(can(holder, field('Query.labs', null), null)).toBe(true);
  });

  test('says about every permission whether it is about a lab', () => {
    expect([...permissionsOnLab].every((one) => permissions.includes(one))).toBe(true);
  });
});

test('looking by the Docker API is reading, everything else is operating', () => {
  const of = (route: string) => permissionOfDockerRoute(route);
  expect([of('GET /info'), of('HEAD /_ping'), of('POST /x'), of('DELETE /x')]).toEqual([
    'docker.read',
    'docker.read',
    'docker.operate',
    'docker.operate',
  ]);
});

test('an observer changes nothing', () => {
  const observer: Role = 'observer';
  const changes = Object.keys(permissionOfGraphqlField).filter((name) =>
    name.startsWith('Mutation.'),
  );
  const allowed = changes.filter((field) =>
    can(actorOf({ role: observer }), { kind: 'graphql', field, labId }, 'owner'),
  );
  // By this one it reads: a Docker client needs it for that, too.
  expect(allowed).toEqual(['Mutation.hostCertificateCreate']);
});
