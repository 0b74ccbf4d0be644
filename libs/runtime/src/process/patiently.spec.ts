import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StoreUnavailable } from '@netfold/application';
import { NetfoldProblem } from '@netfold/configuration';
import { TransportFailed } from '@netfold/log-kafka';
import pino from 'pino';
import { expect, test } from 'vitest';
import { notThereYet } from './not-there-yet.ts';
import { patiently } from './patiently.ts';

/** A port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function readinessAt(port: number): Promise<readonly [number, unknown]> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return [answer.status, ((await answer.json()) as { problem?: unknown }).problem];
}

const ofDatabase = (code: string, message: string): Error =>
  Object.assign(new Error(message), { severity: 'ERROR', code });

const problem = (code: string): NetfoldProblem =>
  new NetfoldProblem({ code, problem: 'it is not there', cause: 'nobody made it', fix: 'wait' });

function loggerInto(lines: unknown[]): pino.Logger {
  const write = (line: string): void => {
    lines.push((JSON.parse(line) as { problem: unknown }).problem);
  };
  return pino({ level: 'info' }, { write });
}

test('a service waits for what is missing, says so, and starts when it is there', async () => {
  const port = await freePort();
  const logged: unknown[] = [];
  const seen: unknown[] = [];
  const missing = [
    new StoreUnavailable(new Error('connect ECONNREFUSED')),
    new StoreUnavailable(new Error('connect ECONNREFUSED')),
    ofDatabase('42P01', 'relation "read.lab" does not exist'),
  ];
  const http = { port, address: '127.0.0.1' };
  const server = await patiently({ http, logger: loggerInto(logged) }, async (standIn) => {
    if (seen.length > 0 || missing.length < 3) seen.push(await readinessAt(port));
    const next = missing.shift();
    if (next !== undefined) throw next;
    await standIn.leave();
    const started = createServer();
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    return started;
  });
  await new Promise((resolve) => server.close(resolve));
  const said = [
    'a database does not answer: connect ECONNREFUSED',
    'a database is not set up yet: relation "read.lab" does not exist',
  ];
  expect(logged).toEqual(said);
  expect(seen).toEqual([said[0], ...said].map((why) => [503, why]));
});

test.each([
  [problem('NF1503'), 'it is not there: nobody made it'],
  [new TransportFailed('could not reach it'), 'Kafka is not there yet: could not reach it'],
  [ofDatabase('28P01', 'password'), 'a database lets this service not in yet: password'],
  [ofDatabase('3D000', 'no database'), 'a database lets this service not in yet: no database'],
  [Object.assign(new Error(''), { code: 'ENOENT' }), 'a database does not answer: ENOENT'],
])('%s is waited for', (fault, said) => {
  expect(notThereYet(fault)).toBe(said);
});

test.each([
  ['a mistake of our own', new TypeError('x is not a function')],
  ['a problem that somebody has to mend', problem('NF1502')],
  ['a statement that the database refuses', ofDatabase('22P02', 'invalid input syntax')],
])('%s is not waited for', async (_, fault) => {
  const http = { port: await freePort(), address: '127.0.0.1' };
  const failing = patiently({ http, logger: loggerInto([]) }, () => Promise.reject(fault));
  await expect(failing).rejects.toBe(fault);
});
