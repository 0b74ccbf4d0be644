import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import { tableHashes } from '@netfold/readmodel-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, withOwner } from '@netfold/runtime';
import { readModelsOf } from '../operations/read-models.ts';
import type { ReachedDatabase } from '../operations/reach-database.ts';
import { startLabCore } from './lab-core.ts';
import type { LabCore } from '@netfold/runtime';

let folder = '';
let postgres: EmbeddedPostgres;
let core: LabCore;
const caughtUp: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-catch-up-'));
  chmodSync(folder, 0o700);
  postgres = await startPostgres({ folder });
  await migrate(postgres.connection);
  core = await startLabCore({
    owner: postgres.connection,
    codeVersion: 'test',
    onProblem: () => {},
    onCaughtUp: (labId) => caughtUp.push(labId),
  });
}, 60_000);

afterAll(async () => {
  await core.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** As the operations of the command line reach it. */
const whole = (): ReachedDatabase => ({
  owner: postgres.connection,
  tables: null,
  close: () => Promise.resolve(),
});

const labId = 'lab-0000beef';
const submit = (id: string, body: Parameters<LabCore['gate']['submit']>[0]['body']) =>
  core.gate.submit({
    id,
    labId,
    tenantId: 'local',
    actorId: 'test',
    face: 'graphql',
    commandText: null,
    correlationId: id,
    causationId: null,
    expectedVersion: null,
    body,
  });

test('a lab whose rows the database refused is answered by folding, and catches up', async () => {
  await submit('make', {
    type: 'CreateLab',
    name: 'parked',
    hosts: [],
    lans: [{ name: 'lan0', subnet: '192.168.50.0/24', gateway: '192.168.50.1' }],
    images: null,
  });
  await withOwner(postgres.connection, (client) =>
    client.query('alter table read.host add constraint veto check (false) not valid'),
  );
  const result = await submit('add', {
    type: 'AddHost',
    host: { name: 'h1', engineProfile: '20.10', nics: [] },
  });
  expect(result.outcome.kind).toBe('accepted');
  const reader = await core.readers.open('local', labId, { kind: 'now', atLeast: 2 });
  expect(await reader?.count('host', {})).toBe(1);
  await reader?.close();
  const readModels = await readModelsOf(whole());
  expect(await readModels.parked()).toMatchObject([
    { labId, reason: expect.stringMatching(/veto/) },
  ]);
  expect(await readModels.retryParked()).toEqual([{ labId, version: null }]);
  await withOwner(postgres.connection, (client) =>
    client.query('alter table read.host drop constraint veto'),
  );
  const deadline = performance.now() + 20_000;
  while (caughtUp.length === 0 && performance.now() < deadline) await wait(50);
  expect(caughtUp).toEqual([labId]);
  const hashes = await withOwner(postgres.connection, (client) => tableHashes(client, 'read'));
  expect(hashes.find(({ table }) => table === 'host')?.rows).toBe(1);
}, 60_000);

test('an operator lists labs that are parked, and has their rows made anew', async () => {
  await withOwner(postgres.connection, (client) =>
    client.query('insert into log.parked_lab (lab_id, version, reason) values ($1, 1, $2)', [
      labId,
      'planted',
    ]),
  );
  const readModels = await readModelsOf(whole());
  const retried = await readModels.retryParked();
  // Nobody else has found it before, or the server itself.
  expect([[], [{ labId, version: 2 }]]).toContainEqual(retried);
  expect(await readModels.parked()).toEqual([]);
}, 60_000);
