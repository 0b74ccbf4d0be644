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

  test('of a query of 60 KiB is answered', async () => {
    const step = get(`/networks?description=${'x'.repeat(60 * 1024)}`);
    expect((await askEngine(lab.socketPath, step)).status).toBe(200);
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
  test.each([post('/build?remote=http://127.0.0.1:1/'), post('/images/load')] as const)(
    'are neither read nor fetched: $path',
    async (step) => {
      await clearEngine(lab.socketPath);
      await askEngine(lab.socketPath, container('c1'));
      const { status } = await askEngine(lab.socketPath, step);
      expect(status).toBe(501);
    },
  );

  test('are those of the container, however far a path climbs', async () => {
    await clearEngine(lab.socketPath);
    await askEngine(lab.socketPath, container('c1'));
    const archive = (path: string) =>
      askEngine(lab.socketPath, get(`/containers/c1/archive?path=${path}`));
    const [climbing, plain] = [await archive('../../etc/hostname'), await archive('/etc/hostname')];
    expect([climbing.status, climbing.text]).toEqual([plain.status, plain.text]);
    const climbsOut = await archive(`../../../../../..${import.meta.filename}`);
    expect(climbsOut.status).toBe(404);
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

/** Starts a program that does not end by itself, and waits for half a second. */
async function left(argv: readonly string[]) {
  const options = { AttachStdout: true, AttachStderr: true, Cmd: argv };
  const made = await askEngine(lab.socketPath, post('/containers/c1/exec', options));
  const { Id } = JSON.parse(made.text) as { readonly Id: string };
  const socket = connect({ path: lab.socketPath });
  let size = 0;
  socket.on('data', (part: Buffer) => {
    size += part.length;
  });
  socket.on('error', () => {}); // It is cut on purpose.
  const lines = ['Connection: Upgrade', 'Upgrade: tcp', json, 'Content-Length: 2'];
  socket.write(
    `POST /v1.41/exec/${Id}/start HTTP/1.1\r\nHost: d\r\n${lines.join('\r\n')}\r\n\r\n{}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { id: Id, socket, received: () => size };
}

describe('input 113: an exec', () => {
  beforeAll(async () => {
    await clearEngine(lab.socketPath);
    await askEngine(lab.socketPath, container('c1'));
    await askEngine(lab.socketPath, start('c1'));
  });

  test.each([
    ['; rm -rf / #'],
    ['sh', '-c', 'nosuch $(nosuch2) `nosuch3`'],
    ['$(reboot)'],
    ['sh', '-c', 'a\nb'],
    ['', ''],
  ])('of %#, which is no program, fails', async (...argv) => {
    const { status, exitCode } = await exec(argv);
    expect(status).toBe(201);
    expect(exitCode).toBeGreaterThan(0);
    expect(await lab.isWell()).toBe(true);
  });

  // As BusyBox 1.35 says it, the shell of the image.
  test.each([
    ['; rm -rf / #', 'sh: syntax error: unexpected ";"'],
    ['('.repeat(5_000), 'sh: syntax error: unexpected end of file (expecting ")")'],
    ['$('.repeat(5_000), 'sh: syntax error: unexpected end of file (expecting ")")'],
    [`${'('.repeat(5_000)}x${')'.repeat(5_000)}`, 'sh: syntax error: maximum nesting exceeded'],
    ['a\n; b', 'sh: syntax error: unexpected ";"'],
  ])('of a line that is none tells what is wrong with it (%#)', async (line, message) => {
    const { output, exitCode } = await exec(['sh', '-c', line]);
    expect(output).toContain(`${message}\n`);
    expect(exitCode).toBe(2);
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

  // The engine, too, lets a program run on when its client leaves; here it ends within a minute.
  test('input 114: that would go on for ever is bounded, and so are many at once', async () => {
    const programs = [
      ['ping', '-i', '0', '127.0.0.1'],
      ['ping', '-c', '1000000000', '127.0.0.1'],
      ['nc', '-l', '-p', '7'],
      ['sleep', '1d'],
      ['sh', '-c', 'ping 127.0.0.1 | wc -l'],
    ];
    const runs = await Promise.all(programs.map(left));
    const since = performance.now();
    expect((await askEngine(lab.socketPath, get('/networks'))).status).toBe(200);
    expect(performance.now() - since).toBeLessThan(answerMsMax);
    for (const { socket, received } of runs) {
      expect(received()).toBeLessThan(1_000_000);
      socket.destroy();
    }
    const isRunning = async (id: string): Promise<boolean> =>
      (await askEngine(lab.socketPath, get(`/exec/${id}/json`))).text.includes('"Running":true');
    await expect
      .poll(async () => (await Promise.all(runs.map(({ id }) => isRunning(id)))).includes(true), {
        timeout: 75_000,
        interval: 1_000,
      })
      .toBe(false);
    expect(await lab.isWell()).toBe(true);
  }, 90_000);

  test('that never ends is bounded and holds nobody up', async () => {
    const running = exec(['sh', '-c', 'while true; do :; done']);
    expect((await askEngine(lab.socketPath, network('meanwhile'))).status).toBe(201);
    await running;
    expect(await lab.isWell()).toBe(true);
  }, 30_000);
});
