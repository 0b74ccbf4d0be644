import type { CommandResult } from '@netfold/application';
import type { Delta } from '@netfold/dataplane';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { addTallyHost, makeTallyLab, TallyDesk, TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parkedLabs, unparkLab } from '../parked-labs.ts';
import { PostgresLog } from '../postgres-log.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';

let postgres: TestPostgres;
let connection: ConnectionSettings;
let desk: TallyDesk;
let log: PostgresLog;

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.logDatabase();
});
afterEach(() => log.close());

const sql = (text: string, values: unknown[] = []) =>
  withClient(connection, async (client) => (await client.query(text, values)).rows);

const codeOf = ({ outcome }: CommandResult) =>
  outcome.kind === 'refused' ? outcome.refusal.code : 'accepted';

describe('row changes', () => {
  /** Stands in for the read models: what they must look like for the log. */
  const readModels = `
    create schema read;
    create table read.lab_version (lab_id text primary key, version bigint not null);
    create table read.lab (lab_id text primary key, name text not null check (name <> 'bad'));
    create function read.apply_changes(p_changes text[]) returns void language plpgsql as $$
    declare p json := p_changes[1];
    begin
      insert into read.lab select r ->> 'labId', r ->> 'name'
        from json_array_elements(p -> 'puts') r
        on conflict (lab_id) do update set name = excluded.name;
      insert into read.lab_version select l ->> 'labId', (l ->> 'version')::bigint
        from json_array_elements(p -> 'labs') l
        on conflict (lab_id) do update set version = excluded.version;
    end $$;
    grant usage on schema read to netfold_writer;
    grant select, insert, update on all tables in schema read to netfold_writer`;
  const changesOf = (delta: Delta, labs: readonly unknown[]) => [
    JSON.stringify({ puts: delta.map(({ row }) => row), labs }),
  ];
  const versions = () =>
    sql('select lab_id, version::integer as version from read.lab_version order by 1');
  const behind: string[] = [];

  beforeEach(async () => {
    await sql(readModels);
    behind.splice(0);
    log = new PostgresLog({
      connection: { ...connection, role: 'netfold_writer' },
      changesOf,
      onProblem: (problem) => behind.push(problem),
    });
    desk = TallyDesk.onStore(log);
    await desk.writer.start();
  });

  it('are written with the commit, netted over the flush', async () => {
    await Promise.all([
      desk.submit(lab, makeTallyLab()),
      desk.submit(other, makeTallyLab()),
      desk.submit(lab, addTallyHost('a')),
    ]);
    expect(await versions()).toEqual([
      { lab_id: lab, version: 2 },
      { lab_id: other, version: 1 },
    ]);
  });

  it('that the database refuses park their lab and veto nothing', async () => {
    const bad = { ...makeTallyLab(), name: 'bad' } as ReturnType<typeof makeTallyLab>;
    const results = await Promise.all([
      desk.submit(lab, bad),
      desk.submit(other, makeTallyLab()),
      desk.submit(lab, addTallyHost('a')),
    ]);
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted']);
    await desk.submit(lab, addTallyHost('b'));
    expect(await versions()).toEqual([{ lab_id: other, version: 1 }]);
    const reason = expect.stringMatching(/^23514 /);
    expect(await withClient(connection, parkedLabs)).toEqual([
      { labId: lab, version: 0, reason, parkedAt: expect.any(Number) },
    ]);
    expect(behind).toHaveLength(1);
  });

  it('go on when a parked lab’s rows were made anew', async () => {
    const bad = { ...makeTallyLab(), name: 'bad' } as ReturnType<typeof makeTallyLab>;
    await desk.submit(lab, bad);
    await sql('alter table read.lab drop constraint lab_name_check');
    await desk.submit(lab, addTallyHost('a'));
    expect(await versions()).toEqual([]);
    await withClient(connection, async (client) => {
      await client.query('insert into read.lab_version values ($1, 2)', [lab]);
      await unparkLab(client, lab);
      expect(await parkedLabs(client)).toEqual([]);
    });
    await desk.submit(lab, addTallyHost('b'));
    expect(await versions()).toEqual([{ lab_id: lab, version: 3 }]);
  });
});
