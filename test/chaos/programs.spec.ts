import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { post } from './graphql-post.ts';
import { NetfoldProcess } from './netfold-process.ts';

const containers = 10;
const endMsMax = 15_000;

let folder = '';
let server: NetfoldProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-chaos-'));
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  server = new NetfoldProcess({ data, postgres: null, port: await freePort() });
  await server.start();
}, 120_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('a program that runs when the service is killed ends after the next start', async () => {
  await ask('mutation { labCreate(input: {name: "l", hosts: [{name: "h1"}]}) { version } }');
  const names = Array.from({ length: containers }, (_, index) => `c${index}`);
  await Promise.all(names.map((name) => create(name)));
  const database = new pg.Client(server.database);
  await database.connect();
  await database.query(holdEnds);
  // Their answers, and whether there are any, do not matter.
  const answers = Promise.allSettled(names.map((name) => start(name)));
  await vi.waitFor(async () => expect(await namesOfRunning()).not.toEqual([]), endMsMax);
  await server.kill();
  await database.query(releaseEnds);
  await Promise.all([answers, database.end()]);
  await server.start();
  await vi.waitFor(async () => expect(await namesOfRunning()).toEqual([]), endMsMax);
  await server.verify();
}, 120_000);

/** From now on no flush with what a program did in it comes to its commit. */
const holdEnds = `
  create function public.hold() returns trigger language plpgsql as $$
  begin
    if new.events::text like '%ContainerPrinted%' then perform pg_sleep(600); end if;
    return new;
  end $$;
  create trigger hold before insert on log.commit for each row execute function public.hold()`;

/** What the killed service had sent is given up. */
const releaseEnds = `
  select pg_terminate_backend(pid, 10000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid();
  drop trigger hold on log.commit;
  drop function public.hold()`;

async function namesOfRunning(): Promise<readonly string[]> {
  type Shown = { readonly nodes: readonly { readonly name: string; readonly status: string }[] };
  const { lab } = await ask<{
    readonly lab: { readonly host: { readonly containers: Shown } };
  }>('{ lab(id: "l") { host(name: "h1") { containers(first: 200) { nodes { name status } } } } }');
  const { nodes } = lab.host.containers;
  return nodes
    .filter(({ status }) => status === 'RUNNING')
    .map(({ name }) => name)
    .toSorted();
}

const create = (name: string) =>
  ask(
    `mutation { containerCreate(input: {lab: "l", host: "h1", name: "${name}",` +
      ' image: "alpine", command: ["ip", "addr"]}) { version } }',
  );

const start = (name: string) =>
  ask(
    `mutation { containerStart(input: {lab: "l", host: "h1", container: "${name}"}) { version } }`,
  );

async function ask<T>(query: string): Promise<T> {
  const posted = await post<T>(server.address, query, {});
  if (posted.kind === 'none') throw new Error(`no answer: ${posted.reason}`);
  return posted.data;
}
