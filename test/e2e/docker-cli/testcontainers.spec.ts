import type * as Testcontainers from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClients } from './lab-clients.ts';

const timeout = 120_000;

let clients: LabClients;
let library: typeof Testcontainers;

beforeAll(async () => {
  clients = await LabClients.start();
  // Read when it is loaded. Its reaper talks to a port of this machine, which a lab does not open.
  process.env['DOCKER_HOST'] = `unix://${clients.socketPath}`;
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  library = await import('testcontainers');
}, timeout);

afterAll(() => clients.stop());

test(
  'testcontainers starts containers on a network, waits, execs and stops',
  { timeout },
  async () => {
    const { GenericContainer, Network, Wait } = library;
    const network = await new Network().start();
    const web = await new GenericContainer('nginx:1.25')
      .withNetwork(network)
      .withNetworkAliases('shop')
      .withExposedPorts(80)
      .withWaitStrategy(Wait.forSuccessfulCommand('curl -sf localhost'))
      .start();
    expect(web.getMappedPort(80)).toBeGreaterThan(32_000);
    const client = await new GenericContainer('alpine')
      .withNetwork(network)
      .withCopyContentToContainer([{ content: 'a file\n', target: '/tmp/note' }])
      .withCommand(['sh', '-c', 'sleep 1; echo ready; sleep 1d'])
      .withWaitStrategy(Wait.forLogMessage('ready'))
      .start();
    const answer = await client.exec(['wget', '-q', '-O-', 'http://shop']);
    expect(answer).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('nginx') as string,
    });
    expect((await client.exec(['cat', '/tmp/note'])).output).toBe('a file\n');
    await client.restart();
    expect((await client.exec(['hostname', '-i'])).output.trim()).toBe(
      client.getIpAddress(network.getName()),
    );
    await client.stop();
    await web.stop();
    await network.stop();
    expect(clients.printed('docker', 'ps', '-aq')).toBe('');
  },
);
