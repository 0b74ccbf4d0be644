import Docker from 'dockerode';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClients } from './lab-clients.ts';

const timeout = 120_000;

let clients: LabClients;
let docker: Docker;

beforeAll(async () => {
  clients = await LabClients.start();
  docker = new Docker({ socketPath: clients.socketPath });
}, timeout);

afterAll(() => clients.stop());

/** What a stream of frames prints on stdout. */
const printed = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let text = '';
  stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  docker.modem.demuxStream(stream, stdout, stderr);
  stream.resume();
  await once(stream, 'end');
  return text;
};

test('dockerode pulls, creates, starts, execs, copies and removes', { timeout }, async () => {
  const pull = await docker.pull('nginx:latest');
  await new Promise((resolve) => docker.modem.followProgress(pull, resolve));
  const volume = await docker.createVolume({ Name: 'data' });
  const container = await docker.createContainer({
    Image: 'nginx',
    name: 'web',
    HostConfig: { Binds: ['data:/data'], PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
  });
  await container.start();
  const exec = await container.exec({ Cmd: ['hostname', '-i'], AttachStdout: true });
  expect(await printed(await exec.start({ hijack: true, stdin: false }))).toBe('172.17.0.2\n');
  expect(await exec.inspect()).toMatchObject({ ExitCode: 0, Running: false });
  const plain = await container.exec({ Cmd: ['echo', 'hi'], AttachStdout: true });
  expect(await printed(await plain.start({}))).toBe('hi\n');
  const archive = await container.getArchive({ path: '/etc/hostname' });
  const [piece] = (await once(archive, 'data')) as Buffer[];
  expect(piece?.subarray(0, 9).toString()).toBe('hostname\0');
  const stats = await container.stats({ stream: false });
  expect(stats.pids_stats?.current).toBe(1);
  await container.remove({ force: true });
  await volume.remove();
  await expect(docker.getContainer('web').inspect()).rejects.toMatchObject({ statusCode: 404 });
});

test('dockerode follows engine events', { timeout }, async () => {
  const events = await docker.getEvents({ filters: { type: ['volume'] } });
  const told = once(events, 'data');
  await docker.createVolume({ Name: 'seen' });
  const [line] = (await told) as Buffer[];
  expect(JSON.parse(String(line))).toMatchObject({ Type: 'volume', Action: 'create' });
  events.removeAllListeners();
  (events as PassThrough).destroy();
});
