import { X509Certificate, createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority, clientCertificateMs, clientKeyOf, holderOf } from '@netfold/auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestServer } from '../server.ts';
import { dockerClients } from './lab-clients.ts';
import { RemoteUser } from './remote-user.ts';
import { typedInTerminal } from './typed-in-terminal.ts';

const timeout = 120_000;
const lab = 'remote';
const netfold = join(import.meta.dirname, '../../../apps/netfold/bin/netfold.mjs');

let server: TestServer;
let labId: string;
let ada: RemoteUser;
/** May look at everything. */
let observer: RemoteUser;

beforeAll(async () => {
  server = await TestServer.start();
  const made = await server.ask<{ readonly labCreate: { readonly lab: { labId: string } } }>(
    'mutation($i: LabCreateInput!) { labCreate(input: $i) { lab { labId } } }',
    { i: { name: lab, hosts: [{ name: 'h1' }, { name: 'h2' }] } },
  );
  labId = made.labCreate.lab.labId;
  ada = await userOf('ada', 'STUDENT');
  observer = await userOf('watcher', 'OBSERVER');
}, timeout);

afterAll(async () => {
  ada.remove();
  observer.remove();
  await server.stop();
});

/** A user of this run: the lanes share a server. */
const nameOf = (name: string): string => `${name}-${process.pid}`;

async function userOf(name: string, role: string): Promise<RemoteUser> {
  await server.ask('mutation($i: UserCreateInput!) { userCreate(input: $i) { user { name } } }', {
    i: { name: nameOf(name), role },
  });
  const { tokenCreate } = await server.ask<{ readonly tokenCreate: { readonly secret: string } }>(
    'mutation($i: TokenCreateInput!) { tokenCreate(input: $i) { secret } }',
    { i: { name: 'remote', user: nameOf(name) } },
  );
  return new RemoteUser(server, tokenCreate.secret);
}

const putMember = (name: string): Promise<unknown> =>
  server.ask(
    'mutation($i: LabMemberAddInput!) { labMemberAdd(input: $i) { userErrors { code } } }',
    {
      i: { lab, user: nameOf(name), membership: 'MEMBER' },
    },
  );

const removeMember = (name: string): Promise<unknown> =>
  server.ask(
    'mutation($i: LabMemberRemoveInput!) { labMemberRemove(input: $i) { userErrors { code } } }',
    { i: { lab, user: nameOf(name) } },
  );

const notThere = 'Error response from daemon: netfold: no such lab\n';

describe.each(dockerClients)('%s from elsewhere', (docker) => {
  const at = (...args: readonly string[]): readonly string[] => ['--context', 'h1', ...args];
  const run = (...args: readonly string[]): string => ada.printed(docker, ...at(...args));

  beforeEach(async () => {
    await putMember('ada');
    ada.importContext(docker, lab, 'h1');
    const containers = run('ps', '-aq').split('\n').filter(Boolean);
    if (containers.length > 0) run('rm', '-f', ...containers);
  }, timeout);

  test('imports a context and works with it', { timeout }, () => {
    expect(run('run', '-d', '--name', 'web', '-p', '8080:80', 'nginx')).toMatch(/^\w{64}\n$/);
    expect(run('ps', '--format', '{{.Names}} {{.Ports}}')).toMatch(/^web 0\.0\.0\.0:8080->80/);
    expect(run('run', '--rm', 'alpine', 'echo', 'hi')).toBe('hi\n');
    const kept = ada.printed(docker, 'context', 'inspect', 'h1');
    expect(kept).toMatch(new RegExp(`"Host": "tcp://localhost:\\d+/labs/${labId}/hosts/h1"`));
  });

  test('has a shell on a terminal, and its exit code', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    const args = ['-c', typedInTerminal, docker, ...at('exec', '-it', 'c1', 'sh')];
    const input = 'x=5\necho got$x\nexit 3\n';
    const { status, stdout, stderr } = ada.run('python3', args, { input });
    expect([status, stderr]).toEqual([3, '']);
    expect(stdout).toContain('got5\r\n');
  });

  test('sends input to its end, and hears the answer after it', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    const input = 'x'.repeat(1_000_000);
    const counted = ada.run(docker, at('exec', '-i', 'c1', 'wc', '-c'), { input });
    expect([counted.status, counted.stdout.trim()]).toEqual([0, '1000000']);
  });

  test('follows the output of a container until it ends', { timeout }, async () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sh', '-c', 'echo begun; sleep 3');
    const followed = ada.run(docker, at('logs', '-f', 'c1'));
    expect([followed.status, followed.stdout]).toEqual([0, 'begun\n']);
  });

  test('is set up by variables as well', { timeout }, () => {
    const folder = join(ada.folder, '.docker/contexts/tls');
    const [id = ''] = readdirSync(folder);
    const host = /"Host": "([^"]+)"/.exec(ada.printed(docker, 'context', 'inspect', 'h1'))?.[1];
    const env = {
      DOCKER_HOST: host,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: join(folder, id, 'docker'),
    };
    const listed = ada.run(docker, ['info', '--format', '{{.Name}}'], { env });
    expect([listed.status, listed.stdout]).toEqual([0, 'h1\n']);
  });

  test('is told what it may not do', { timeout }, () => {
    observer.importContext(docker, lab, 'h1');
    expect(observer.printed(docker, ...at('ps', '-q'))).toBe('');
    const refused = observer.run(docker, at('network', 'create', 'n1'));
    expect([refused.status, refused.stderr]).toEqual([
      1,
      'Error response from daemon: netfold: this needs a right that you do not have\n',
    ]);
  });

  test('loses lab and streams with its membership', { timeout }, async () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    const followed = ada.start(docker, at('logs', '-f', 'c1'));
    let told = '';
    followed.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const ended = new Promise((resolve) => followed.once('close', resolve));
    // It has to be there before it can be ended.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await removeMember('ada');
    const refused = ada.run(docker, at('ps'));
    expect([refused.status, refused.stderr]).toEqual([1, notThere]);
    await ended;
    expect(told).toContain('netfold: this stream ends: the right to it was taken away');
  });

  test('is told that its certificate has expired', { timeout }, async () => {
    const since = await putExpiredCertificate(ada);
    const refused = ada.run(docker, at('ps'));
    expect([refused.status, refused.stderr]).toEqual([
      1,
      `Error response from daemon: netfold: the client certificate has expired (${since}); ` +
        'get a new one with `netfold docker-context LAB/HOST`\n',
    ]);
  });
});

/** In the place of the certificate of the context, one of yesterday. @returns its end */
async function putExpiredCertificate(user: RemoteUser): Promise<string> {
  const folder = join(user.folder, '.docker/contexts/tls');
  const [id = ''] = readdirSync(folder);
  const files = join(folder, id, 'docker');
  const holder = holderOf(new X509Certificate(readFileSync(join(files, 'cert.pem'))));
  const key = readFileSync(join(files, 'key.pem'), 'utf8');
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const der = clientKeyOf(publicKey);
  if (holder === null || der === null) throw new Error('the context has another certificate');
  const then = Math.floor(Date.now() / 1000) * 1000 - clientCertificateMs - 60_000;
  const authority = await CertificateAuthority.open(join(server.data, 'docker-tls'), () => then);
  const { certificate, expiresAt } = await authority.issueToClient(holder, 'user-ada', der);
  writeFileSync(join(files, 'cert.pem'), certificate);
  return new Date(expiresAt).toISOString();
}

describe('netfold docker', () => {
  beforeAll(() => putMember('ada'));

  test('goes by certificate from elsewhere, and leaves no keys behind', { timeout }, () => {
    const before = keyFolders();
    const made = ada.netfold(['docker', `${lab}/h2`, '--', 'run', '--rm', 'alpine', 'hostname']);
    expect([made.status, made.stderr, made.stdout]).toEqual([
      0,
      '',
      expect.stringMatching(/^\w{12}\n$/),
    ]);
    expect(keyFolders()).toEqual(before);
  });

  test('is what a shell line of a host has as well, from elsewhere too', { timeout }, () => {
    const exec = ['exec', '--lab', lab, 'h2', '--'];
    const format = ['info', '--format', '{{.Name}}'];
    expect(ada.netfold([...exec, 'docker', ...format]).stdout).toBe('h2\n');
    const [command = '', ...words] = exec;
    const kept = ada.netfold([command, '--json', ...words, 'docker', ...format]);
    expect(JSON.parse(kept.stdout)).toEqual({ stdout: 'h2\n', stderr: '', exitCode: 0 });
    const missing = ada.netfold([...exec, 'docker', 'inspect', 'nosuch']);
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('nosuch')]);
    const within = ada.netfold([...exec, 'sh', '-c', 'docker ps | wc -l']);
    expect([within.stdout, within.stderr]).toEqual(['1\n', '']);
  });

  test('ends as the client ends, and passes input through', { timeout }, () => {
    const docker = ['docker', `${lab}/h2`, '--'];
    const ended = ada.netfold([...docker, 'run', '--rm', 'alpine', 'sh', '-c', 'exit 7']);
    expect(ended.status).toBe(7);
    const counted = ada.netfold([...docker, 'run', '-i', '--rm', 'alpine', 'wc', '-c'], {
      input: 'four',
    });
    expect(counted.stdout.trim()).toBe('4');
    const missing = ada.netfold([...docker, 'inspect', 'nosuch']);
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('nosuch')]);
  });

  test('hands the terminal over', { timeout }, () => {
    const client = [process.execPath, netfold, 'docker', `${lab}/h2`, '--'];
    const typed = [...client, 'run', '-it', '--rm', 'alpine', 'sh'];
    const { status, stdout } = ada.run('python3', ['-c', typedInTerminal, ...typed], {
      input: 'x=6\necho got$x\nexit 4\n',
    });
    expect([status, stdout]).toEqual([4, expect.stringContaining('got6\r\n')]);
  });

  test('goes by the socket for who has the data folder', { timeout }, () => {
    const env = { NETFOLD_URL: undefined, NETFOLD_TOKEN: undefined, NETFOLD_DATA: server.data };
    const listed = ada.netfold(['docker', `${lab}/h1`, '--', 'context', 'ls'], { env });
    expect(listed.stdout).toContain(`unix://`);
    expect(ada.netfold(['docker', `${lab}/h1`, '--', 'ps'], { env }).status).toBe(0);
  });

  test('minds no engine that the terminal is set to', { timeout }, () => {
    const env = { DOCKER_HOST: 'tcp://192.0.2.1:1', DOCKER_CONTEXT: 'nosuch' };
    const named = ['docker', `${lab}/h2`, '--', 'info', '--format', '{{.Name}}'];
    expect(ada.netfold(named, { env }).stdout).toBe('h2\n');
  });

  test('says when there is no client, no such host, no right', { timeout }, () => {
    const bare = join(ada.folder, 'bin');
    mkdirSync(bare, { recursive: true });
    symlinkSync(process.execPath, join(bare, 'node'));
    const absent = ada.netfold(['docker', `${lab}/h2`, '--', 'ps'], { env: { PATH: bare } });
    expect([absent.status, absent.stderr]).toEqual([2, expect.stringContaining('error[NF1011]')]);
    const host = ada.netfold(['docker', `${lab}/h9`, '--', 'ps']);
    expect([host.status, host.stderr]).toEqual([1, expect.stringContaining('no host `h9`')]);
    const words = ada.netfold(['docker', lab, '--', 'ps']);
    expect([words.status, words.stderr]).toEqual([2, expect.stringContaining('not LAB/HOST')]);
    const refused = observer.netfold(['docker', `${lab}/h1`, '--', 'network', 'create', 'n1']);
    expect(refused.stderr).toContain('netfold: this needs a right that you do not have');
  });

  const keyFolders = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('netfold-docker-'));
});

describe('netfold docker-context', () => {
  test('writes to a pipe what a client imports from one', { timeout }, () => {
    const [docker = ''] = dockerClients;
    const made = `'${process.execPath}' '${netfold}' docker-context ${lab}/h2`;
    const line = `${made} | '${docker}' context import piped -`;
    expect(ada.run('sh', ['-c', line]).stdout).toBe('piped\n');
    expect(ada.printed(docker, '--context', 'piped', 'info', '--format', '{{.Name}}')).toBe('h2\n');
  });

  test('names no key that another user could have', { timeout }, () => {
    const first = ada.netfold(['docker-context', `${lab}/h2`]).stdout;
    const second = ada.netfold(['docker-context', `${lab}/h2`]).stdout;
    const keyOf = (text: string) => /-----BEGIN PRIVATE KEY-----[^-]+/.exec(text)?.[0];
    expect(keyOf(first)).toBeDefined();
    expect(keyOf(first)).not.toBe(keyOf(second));
  });
});
