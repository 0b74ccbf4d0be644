import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ComposeInstallation, buildImage, run } from './compose.ts';
import { LabClient } from './lab-client.ts';

const startMsMax = 360_000;
const drillMsMax = 360_000;

const services = ['commander', 'projector', 'gateway'].flatMap((name) => [
  `${name}-1`,
  `${name}-2`,
]);

const netfold = join(import.meta.dirname, '../../node_modules/.bin/netfold');

let installation: ComposeInstallation;
let first: LabClient;
let second: LabClient;

const connect = (): void => {
  const token = installation.token();
  const clients = installation.urls.map((url) => new LabClient(url, token));
  [first, second] = clients as [LabClient, LabClient];
};

beforeAll(async () => {
  buildImage();
  installation = await ComposeInstallation.prepare();
  await installation.up();
  connect();
}, startMsMax);

afterAll(() => installation.down(), startMsMax);

describe('an installation of deploy/compose', { timeout: 120_000 }, () => {
  test('a lab made through one gateway is seen through the other', async () => {
    await first.createLab('shop');
    const { version } = await first.createNetwork('shop', 'web');
    expect(await second.networksOf('shop', version)).toContain('web');
    expect(await second.labs()).toEqual(['shop']);
  });

  test('docker comes in by TLS, through either gateway', () => {
    const NETFOLD_TOKEN = installation.token();
    for (const url of installation.urls) {
      const environment = { NETFOLD_URL: url, NETFOLD_TOKEN };
      const command = ['docker', 'shop/h1', '--', 'network', 'ls', '--format', '{{.Name}}'];
      const listed = run(netfold, command, { environment }).toString().split('\n');
      expect(listed).toContain('web');
    }
  });

  test.each(services)('%s is healthy, not root, and can write nothing of its image', (service) => {
    const container = installation.containerOf(service);
    const [{ Config, HostConfig, State }] = JSON.parse(
      run('docker', ['inspect', container]).toString(),
    ) as [Inspected];
    expect(Config.User).toBe('1000:1000');
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'] });
    expect(State.Health.Status).not.toBe('unhealthy');
  });

  test('a gateway takes no requests for names that it was not told', () => {
    const [url = ''] = installation.urls;
    const asked = ['--header', 'Host: evil.example', '--header', 'Content-Type: application/json'];
    const query = ['--data', '{"query":"{ __typename }"}', `${url}/graphql`];
    const printed = ['--silent', '--output', '/dev/null', '--write-out', '%{http_code}'];
    expect(run('curl', [...printed, ...asked, ...query]).toString()).toBe('403');
  });

  test.each([
    ['gateway', 'postgres-log', 'set role netfold_writer'],
    ['gateway', 'postgres-log', 'set role netfold_owner'],
    ['gateway', 'postgres-tables', 'set role netfold_writer'],
    ['commander', 'postgres-log', 'set role netfold_owner'],
    ['commander', 'postgres-log', 'select from log.commit'],
    ['projector', 'postgres-log', 'set role netfold_writer'],
    ['projector', 'postgres-log', 'set role netfold_account'],
  ])('the login of a %s may not, at %s: %s', (login, database, statement) => {
    const user = `--username=netfold_${login}`;
    const psql = ['psql', '--no-psqlrc', user, '--dbname=netfold', `--command=${statement}`];
    // By the socket, where both images let every login in.
    const container = installation.containerOf(database);
    expect(() => run('docker', ['exec', container, ...psql])).toThrow('permission denied');
  });
});

test('the drill: backup, loss, restore', { timeout: drillMsMax }, async () => {
  await first.createLab('kept');
  await first.createNetwork('kept', 'before');
  const backup = installation.operate('backup');

  const lost = await first.createNetwork('kept', 'after');
  await first.createLab('too-late');
  expect(await second.networksOf('kept', lost.version)).toContain('after');
  expect(() => installation.operate('restore', [], backup)).toThrow('already holds a log');

  installation.compose(['stop', ...services, 'postgres-log']);
  installation.compose(['rm', '--force', 'postgres-log']);
  installation.removeVolume('postgres-log');
  const cutOff = backup.subarray(0, backup.length - 1_000);
  expect(() => installation.operate('restore', [], cutOff)).toThrow();
  installation.operate('restore', [], backup);
  await installation.up();
  connect();

  // What came after the backup is gone, and nobody takes its versions for something else.
  expect(await first.networksOf('kept')).toEqual(['before', 'bridge', 'host', 'none']);
  expect(await first.networksOf('kept', lost.version)).toBe('READ_MODEL_BEHIND');
  // A command that was lost may be sent again, and is then carried out.
  const again = await first.createNetwork('kept', 'after', lost.commandId);
  expect(again.version).toBe(lost.version);
  expect(await second.networksOf('kept', again.version)).toContain('after');
  expect((await second.labs()).filter((name) => name === 'too-late')).toEqual([]);

  const verified = installation.operate('netfold', ['verify', '--json']).toString();
  const { problemsFound, tables, behind } = JSON.parse(verified) as Verified;
  expect({ problemsFound, behind }).toEqual({ problemsFound: 0, behind: [] });
  expect(tables.filter(({ isEqual }) => !isEqual)).toEqual([]);
  const rebuilt = installation.operate('netfold', ['rebuild', '--json']).toString();
  expect(JSON.parse(rebuilt)).toMatchObject({ labs: expect.any(Number), changed: [] });
});

type Inspected = {
  readonly Config: { readonly User: string };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean };
  readonly State: { readonly Health: { readonly Status: string } };
};

type Verified = {
  readonly problemsFound: number;
  readonly behind: readonly string[];
  readonly tables: readonly { readonly isEqual: boolean }[];
};
