import { readRecording, recordingNames } from '@netfold/test-transcripts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../server.ts';
import { summaryOf } from './differences.ts';
import { replayed } from './replayed.ts';

const startMsMax = 90_000;
const replayMsMax = 120_000;

/** Compared line by line in `test/transcripts/typed-lines.spec.ts`. */
const atPrompt = 'is typed at the prompt of a host';

/** Recordings that cannot be told to GraphQL, and why. */
const beyondGraphql: Readonly<Record<string, string>> = {
  'network-host-bridge': 'begins with a bridge that is made at the prompt of the host',
  'host-bridge-and-namespaces': atPrompt,
  'host-link-refusals': atPrompt,
  'host-routes': atPrompt,
  'host-old-tools': atPrompt,
  'host-sysctl': atPrompt,
  'host-conntrack-match': atPrompt,
  'host-kernel-files': atPrompt,
  'host-tool-forms': atPrompt,
  'host-firewall-matches': atPrompt,
  'container-net-admin': 'is typed in containers',
  'docker-user-jump-and-rm-link': atPrompt,
  'network-own-bridge': atPrompt,
};

/** Requests that GraphQL has no words for; the state of the lab does not depend on them. */
const unsaid: Readonly<Record<string, readonly string[]>> = {
  'container-refusals': [
    'POST /images/create?fromImage=docker.io/library/nosuchimage&tag=latest',
    'GET /images/nosuch/json',
    'GET /volumes/nosuch',
    'GET /plugins/nosuch/json',
  ],
  links: ['POST /containers/dapp/exec', 'POST /containers/dapp/exec'],
  'overlay-leave': ['DELETE /nodes/h2', 'DELETE /nodes/h3'],
  'overlay-refusals': ['GET /nodes', 'GET /swarm', 'GET /nodes', 'GET /swarm'],
  'restart-order': ['POST /containers/x3/exec'],
};

const names = recordingNames().filter(
  (name) => !name.startsWith('tutorial-') && !(name in beyondGraphql),
);

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
}, startMsMax);

afterAll(async () => {
  await server.stop();
});

describe.concurrent('a lab shows at every step what a real engine showed', () => {
  test.each(names)(
    '%s',
    async (name) => {
      const recording = readRecording(name);
      const replay = await replayed({ server, recording });
      expect(replay.findings, summaryOf(replay.findings)).toEqual([]);
      expect(replay.unsaid.map(withoutVersion)).toEqual(unsaid[name] ?? []);
      expect(replay.compared.sections).toBeGreaterThan(recording.moments.length);
    },
    replayMsMax,
  );
});

test('every exception is one of a recording that is there', () => {
  const all = recordingNames();
  const excepted = [beyondGraphql, unsaid].flatMap(Object.keys);
  expect(excepted.filter((name) => !all.includes(name))).toEqual([]);
});

const withoutVersion = (request: string): string =>
  decodeURIComponent(request.replace(/ \/v[\d.]+/, ' '));
