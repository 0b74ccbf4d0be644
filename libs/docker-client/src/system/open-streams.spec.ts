import { describe, expect, test } from 'vitest';
import { docker } from '../docker.ts';
import type { EngineReply } from '../engine-call.ts';

const startMs = Date.UTC(2024, 0, 1);

/** What a line prints, and when, on an engine that answers so; `isOpen`: it would go on. */
const played = (line: string, replies: Readonly<Record<string, Partial<EngineReply>>>) => {
  const { pieces, exitCode, durationMs } = docker({
    argv: line.split(' ').slice(1),
    stdin: { text: '' },
    environment: new Map(),
    now: startMs,
    ask: ({ path }) => {
      const found = replies[path];
      if (found === undefined) throw new Error(`nobody answers ${path}`);
      return { status: 200, text: '', pieces: [], isOpen: false, meanwhile: [], ...found };
    },
    readFile: () => null,
  });
  return { pieces, exitCode, durationMs };
};

const event = (id: string, atMs: number): string =>
  JSON.stringify({
    Type: 'container',
    Action: 'start',
    Actor: { ID: id, Attributes: { name: 'web', image: 'nginx' } },
    timeNano: (startMs + atMs) * 1_000_000,
  });

describe('docker events without an end', () => {
  test('shows each event when it happens', () => {
    const text = `${event('a', -500)}\n${event('b', 700)}\n`;
    const { pieces, durationMs } = played('docker events', { '/events': { text, isOpen: true } });
    const told = 'container start';
    expect(durationMs).toBeNull();
    expect(pieces.map((piece) => [piece.text, piece.atMs])).toEqual([
      [`2023-12-31T23:59:59.500000000Z ${told} a (image=nginx, name=web)\n`, 0],
      [`2024-01-01T00:00:00.700000000Z ${told} b (image=nginx, name=web)\n`, 700],
    ]);
  });
});

const usage = (pids: number): string =>
  JSON.stringify({
    id: 'c'.repeat(64),
    name: '/web',
    pids_stats: { current: pids },
    cpu_stats: { cpu_usage: { total_usage: 300 }, system_cpu_usage: 4_000, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 2_000 },
    memory_stats: { usage: 3_000_000, limit: 6_000_000, stats: { inactive_file: 1_000_000 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'read', value: 1_000 }] },
    networks: { eth0: { rx_bytes: 1_500, tx_bytes: 10 } },
  });

describe('docker stats without an end', () => {
  test('clears the screen and shows what came last, twice a second', () => {
    const { pieces, durationMs } = played('docker stats web --format {{.Name}}:{{.PIDs}}', {
      '/version': { text: '{"Os":"linux"}' },
      '/containers/web/stats?stream=1': { text: `${usage(1)}\n${usage(2)}\n`, isOpen: true },
    });
    expect(durationMs).toBeNull();
    expect(pieces.map(({ text, atMs }) => [text, atMs])).toEqual([
      ['\u001B[2J\u001B[Hweb:1\n', 500],
      ['\u001B[2J\u001B[Hweb:1\n', 1_000],
      ['\u001B[2J\u001B[Hweb:2\n', 1_500],
      ['\u001B[2J\u001B[Hweb:2\n', 2_000],
    ]);
  });

  test('of all containers listens for new ones', () => {
    const [first] = played('docker stats --no-stream', {
      '/version': { text: '{"Os":"linux"}' },
      '/events?filters=%7B%22type%22%3A%7B%22container%22%3Atrue%7D%7D': { isOpen: true },
      '/containers/json?limit=0': { text: JSON.stringify([{ Id: 'c'.repeat(64) }]) },
      [`/containers/${'c'.repeat(12)}/stats?stream=0`]: { text: usage(3) },
    }).pieces;
    expect(first?.text).toBe(
      'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O       ' +
        'BLOCK I/O   PIDS\n' +
        'cccccccccccc   web       20.00%    1.907MiB / 5.722MiB   33.33%    1.5kB / 10B   ' +
        '1kB / 0B    3\n',
    );
  });
});

describe('an engine that refuses', () => {
  const refused = { status: 500, text: '{"message":"out of order"}' };

  test('is told of by docker info behind what the client knows of itself', () => {
    const { pieces, exitCode } = played('docker info', { '/info': refused });
    expect(exitCode).toBe(1);
    expect(pieces.map(({ text }) => text).join('')).toBe(
      'Client:\n Context:    default\n Debug Mode: false\n\nServer:\n' +
        'ERROR: Error response from daemon: out of order\nerrors pretty printing info\n',
    );
    const format = played('docker info -f {{.ServerErrors}}', { '/info': refused });
    expect(format.pieces[0]?.text).toBe('[Error response from daemon: out of order]\n');
  });

  test('is told of by docker version behind the version of the client', () => {
    const { pieces, exitCode } = played('docker version -f {{.Client.Version}}', {
      '/version': refused,
    });
    expect(exitCode).toBe(1);
    expect(pieces.map(({ text }) => text)).toEqual([
      '20.10.24+dfsg1\n',
      'Error response from daemon: out of order\n',
    ]);
  });
});
