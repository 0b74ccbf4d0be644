import { newLab } from '@netfold/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../socket-client.ts';
import { deskLabId, EngineDesk } from './engine-desk.ts';
import { OpenApi } from './open-api.ts';
import { Ids, recordedCommands } from './recorded-requests.ts';
import type { RecordedRequest } from './recorded-requests.ts';

const version = '1.41';

/**
 * Where a lab host answers with another status than the small engine of the recording did, and why.
 * What it does not simulate says so with 501.
 */
const otherStatuses: Readonly<Record<string, number>> = {
  // That engine accepted anything; on a real one, these are not there any more, or not yet.
  'DELETE /images/nginx': 409,
  // The small engine's process had died of the signal before.
  'POST /containers/db/stop': 204,
  // No swarm services: a cluster has none.
  'POST /services/create': 501,
  'GET /services/s1': 404,
  'GET /services/*': 404,
  'POST /services/*/update': 501,
  'DELETE /services/s1': 404,
  // The registry knows the image; the small engine had none.
  'GET /distribution/nginx:latest/json': 200,
};

const openApi = new OpenApi();
const idPattern = /\b(?:[0-9a-f]{64}|[0-9a-z]{24,25})\b/g;

const familyOf = (status: number): number => Math.trunc(status / 100);

/** Ids that an answer gives, in the order in which clients use them. */
const idOf = (reply: Reply): string | null => {
  const found = /^\{"Id":"(\w+)"|"NodeID":"(\w{25})"|^"(\w{25})"/.exec(reply.text);
  return found?.slice(1).find((id) => id !== undefined) ?? null;
};

/** The recording has requests in the order of their answers; clients wait before they start. */
const inOrder = (requests: readonly RecordedRequest[]): readonly RecordedRequest[] => {
  const start = requests.findIndex(({ url }) => /containers\/\w+\/start$/.test(url));
  const wait = requests.findIndex(({ url }) => /containers\/\w+\/wait\?/.test(url));
  const [late] = wait > start && start >= 0 ? requests.slice(wait, wait + 1) : [];
  return late === undefined ? requests : requests.toSpliced(wait, 1).toSpliced(start, 0, late);
};

const isStream = (path: string): boolean => /\/(?:logs|attach|start|events)$/.test(path);

const problemsOf = (request: RecordedRequest, url: string, reply: Reply): readonly string[] => {
  const path = url.replace(/^\/v[\d.]+/, '').split('?')[0] ?? '/';
  const pattern = openApi.pathOf(request.method, path);
  if (pattern === null) return [`the definition has no ${request.method} ${path}`];
  const wanted = otherStatuses[`${request.method} ${path.replaceAll(idPattern, '*')}`];
  const isRight =
    wanted === undefined
      ? familyOf(reply.status) === familyOf(request.status)
      : reply.status === wanted;
  if (!isRight) return [`status ${reply.status}, not ${wanted ?? request.status}: ${reply.text}`];
  if (reply.status === 501) return /netfold: .+ not simulated/.test(reply.text) ? [] : [reply.text];
  const isJson = reply.headers['content-type'] === 'application/json';
  if (reply.text === '' || isStream(path) || !isJson) return [];
  const lines = reply.text.trim().split(/\r?\n/);
  const isLines = pattern === '/images/create' || pattern === '/containers/{id}/stats';
  const body: unknown = isLines ? JSON.parse(lines[0] ?? '') : JSON.parse(reply.text);
  return openApi.problems([request.method, pattern, reply.status], isLines ? null : body);
};

describe.each(['docker-cli 28.2.2', 'docker-cli 20.10.24'])('what %s sent', (client) => {
  let desk: EngineDesk;
  const ids = new Ids();
  const commands = recordedCommands.filter((one) => one.client === client);

  beforeAll(async () => {
    desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
  });
  afterAll(() => desk.close());

  const play = async (request: RecordedRequest): Promise<readonly string[]> => {
    const url = ids.translated(request.url, version);
    if (request.status === 101) {
      const bytes = await desk.hijacked(url.replace(`/v${version}`, ''));
      return bytes.toString().startsWith('HTTP/1.1 101 UPGRADED\r\n') ? [] : [bytes.toString()];
    }
    const headers = { ...request.headers };
    const reply = await desk.ask(
      request.method,
      url.replace(`/v${version}`, ''),
      request.body as object | undefined,
      headers,
    );
    const id = idOf(reply);
    if (id !== null) ids.learn(id);
    return problemsOf(request, url, reply).map((text) => `${request.method} ${url}: ${text}`);
  };

  it('has more than sixty commands', () => expect(commands.length).toBeGreaterThan(60));

  it.each(commands)('$command', { timeout: 20_000 }, async ({ requests }) => {
    // Waits and attached streams end when the container does: they run beside the rest.
    const beside: Promise<readonly string[]>[] = [];
    const problems: string[] = [];
    for (const request of inOrder(requests)) {
      const isBeside = /\/(?:wait|attach)\b/.test(request.url);
      if (!isBeside) problems.push(...(await play(request)));
      // A container that goes on running answers it only when the desk closes.
      else if (request.url.includes('next-exit')) play(request).catch(() => {});
      else beside.push(play(request));
    }
    for (const ended of await Promise.all(beside)) problems.push(...ended);
    expect(problems).toEqual([]);
  });
});
