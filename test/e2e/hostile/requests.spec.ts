import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { container, get, network, post, start } from './engine-case.ts';
import { askEngine, clearEngine } from './engine-run.ts';
import { answerMsMax, HostileLab } from './hostile-lab.ts';

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

describe('requests are taken and refused as by a real engine', () => {
  test.each(engineCases['requests'] ?? [])('input $input: $title', async (one) => {
    await expectAsRecorded(lab, one);
  });
});

/** Writes bytes to the engine's socket and reads what comes until it ends or a time is over. */
function exchange(bytes: string | Buffer, msMax = 2_000): Promise<string> {
  const socket = connect({ path: lab.socketPath });
  const parts: Buffer[] = [];
  return new Promise((resolve) => {
    const done = (): void => {
      socket.destroy();
      resolve(Buffer.concat(parts).toString('latin1'));
    };
    const timer = setTimeout(done, msMax);
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', () => {}); // Cut off: what came before counts.
    socket.on('close', () => {
      clearTimeout(timer);
      done();
    });
    socket.write(bytes);
  });
}

const statusesIn = (text: string): number[] =>
  Array.from(text.matchAll(/^HTTP\/1\.1 (\d{3})/gm), ([, status]) => Number(status));

const head = (...lines: readonly string[]): string =>
  ['POST /v1.41/networks/create HTTP/1.1', 'Host: docker', ...lines, '', ''].join('\r\n');

const json = 'Content-Type: application/json';
const body = '{"Name":"smuggled"}';

async function expectNothing(asked: () => Promise<string>, statuses: number[][]): Promise<void> {
  const version = await lab.version();
  const found = statusesIn(await asked());
  expect(statuses).toContainEqual(found);
  expect(await lab.version()).toBe(version);
  expect(await lab.isWell()).toBe(true);
}

describe('input 108: a request', () => {
  test('with both a length and chunks is refused', async () => {
    const lines = [json, `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'];
    await expectNothing(() => exchange(`${head(...lines)}0\r\n\r\n${head(json)}`), [[400]]);
  });

  test('with two lengths is refused', async () => {
    const lines = [json, 'Content-Length: 0', `Content-Length: ${body.length}`];
    await expectNothing(() => exchange(head(...lines) + body), [[400]]);
  });

  test('with chunks that are coded otherwise is refused', async () => {
    const lines = [json, 'Transfer-Encoding: identity, xchunked'];
    await expectNothing(() => exchange(head(...lines) + body), [[400], [501]]);
  });

  test('with a folded header is refused', async () => {
    const lines = [json, 'X-Folded: a', ' b: c', `Content-Length: ${body.length}`];
    await expectNothing(() => exchange(head(...lines) + body), [[400]]);
  });

  test('with a header of 17 KiB is refused', async () => {
    const lines = [json, `X-Long: ${'x'.repeat(17 * 1024)}`];
    await expectNothing(() => exchange(head(...lines)), [[400], [431]]);
  });

  test('with a length of 0 is one without a body', async () => {
    await expectNothing(() => exchange(head(json, 'Content-Length: 0'), 300), [[400]]);
  });

  test('of 1 MiB and a byte is refused before it is read', async () => {
    const lines = [json, `Content-Length: ${1024 * 1024 + 1}`];
    await expectNothing(() => exchange(head(...lines), 500), [[400], [413]]);
  });

  test('whose chunks do not end is cut off', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const lines = [json, 'Transfer-Encoding: chunked'];
    await expectNothing(() => exchange(head(...lines) + chunk.repeat(40)), [[400], [413], []]);
  });

  test('whose headers do not end waits for its time and does not hold others up', async () => {
    const slow = exchange('POST /v1.41/networks/create HTTP/1.1\r\nHost: d', 1_000);
    const since = performance.now();
    expect((await askEngine(lab.socketPath, get('/networks'))).status).toBe(200);
    expect(performance.now() - since).toBeLessThan(answerMsMax);
    await slow;
  });

  test('that is no HTTP is refused', async () => {
    await expectNothing(() => exchange('\u0000\u0001\u0002\r\n\r\n'), [[400]]);
    await expectNothing(() => exchange('GET  / HTTP/9.9\r\n\r\n'), [[400]]);
  });

  test('of a query of 65 KiB is refused', async () => {
    const path = `/v1.41/networks?filters=${'x'.repeat(65 * 1024)}`;
    await expectNothing(() => exchange(`GET ${path} HTTP/1.1\r\nHost: d\r\n\r\n`), [[400], [431]]);
  });

  test('of 10,000 levels is refused', async () => {
    const deep = `{"Name":"n","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const version = await lab.version();
    const { status } = await askEngine(lab.socketPath, post('/networks/create', deep));
    expect([status, await lab.version()]).toEqual([400, version]);
  });
});

describe('input 115: files', () => {
  test.each([
    { method: 'GET', path: '/v1.41/containers/c1/archive?path=../../etc/passwd' },
    post('/build?remote=http://127.0.0.1:1/'),
    post('/images/load'),
  ] as const)('are neither read nor fetched: $path', async (step) => {
    await clearEngine(lab.socketPath);
    await askEngine(lab.socketPath, container('c1'));
    const { status } = await askEngine(lab.socketPath, step);
    expect(status).toBe(501);
  });
});

/** Runs a program in a container and gives all that its stream holds, and its exit code. */
async function exec(argv: readonly string[], input: Buffer | null = null) {
  const isAttached = input !== null;
  const options = { AttachStdout: true, AttachStderr: true, AttachStdin: isAttached, Cmd: argv };
  const made = await askEngine(lab.socketPath, post('/containers/c1/exec', options));
  if (made.status !== 201) return { status: made.status, output: made.text, exitCode: null };
  const { Id } = JSON.parse(made.text) as { readonly Id: string };
  const lines = ['Connection: Upgrade', 'Upgrade: tcp', json, 'Content-Length: 2'];
  const head = `POST /v1.41/exec/${Id}/start HTTP/1.1\r\nHost: d\r\n`;
  const start = `${head}${lines.join('\r\n')}\r\n\r\n{}`;
  const output = await exchange(
    input === null ? start : Buffer.concat([Buffer.from(start), input]),
  );
  const ended = await askEngine(lab.socketPath, get(`/exec/${Id}/json`));
  const { ExitCode } = JSON.parse(ended.text) as { readonly ExitCode: number | null };
  return { status: 201, output, exitCode: ExitCode };
}

describe('input 113: an exec', () => {
  beforeAll(async () => {
    await clearEngine(lab.socketPath);
    await askEngine(lab.socketPath, container('c1'));
    await askEngine(lab.socketPath, start('c1'));
  });

  test.each([
    ['sh', '-c', '; rm -rf / #'],
    ['; rm -rf / #'],
    ['sh', '-c', 'nosuch $(nosuch2) `nosuch3`'],
    ['$(reboot)'],
    ['sh', '-c', 'a\nb'],
    ['sh', '-c', '('.repeat(5_000)],
    ['sh', '-c', '$('.repeat(5_000)],
    ['', ''],
  ])('of %#, which is no program, fails', async (...argv) => {
    const { status, exitCode } = await exec(argv);
    expect(status).toBe(201);
    expect(exitCode).toBeGreaterThan(0);
    expect(await lab.isWell()).toBe(true);
  });

  test('of a program of a megabyte is refused or not found', async () => {
    const { status } = await exec(['x'.repeat(1_100_000)]).catch(() => ({ status: 400 }));
    expect([400, 413]).toContain(status);
  });

  test('that is sent more than its stream takes is cut off', async () => {
    const { output } = await exec(['wc', '-c'], Buffer.alloc(9 * 1024 * 1024));
    expect(output).not.toContain('9437184');
    expect(await lab.isWell()).toBe(true);
  }, 10_000);

  test('that never ends is bounded and holds nobody up', async () => {
    const since = performance.now();
    const running = exec(['sh', '-c', 'while true; do :; done']);
    expect((await askEngine(lab.socketPath, network('meanwhile'))).status).toBe(201);
    await running;
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(await lab.isWell()).toBe(true);
  }, 10_000);
});
