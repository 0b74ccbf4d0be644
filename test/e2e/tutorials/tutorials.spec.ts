import { readRecording, recordingNames } from '@netfold/test-transcripts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../server.ts';
import { alteredRecording, kindsOfAlteration } from './altered-recording.ts';
import { disguiseOf } from './disguise.ts';
import { summaryOf } from './differences.ts';
import { replayed } from './replayed.ts';

const startMsMax = 90_000;
const replayMsMax = 60_000;

/** The five tutorials, each in one or more recordings. */
const tutorials = recordingNames().filter((name) => name.startsWith('tutorial-'));

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
}, startMsMax);

afterAll(async () => {
  await server.stop();
});

test('there are recordings of all five tutorials', () => {
  const numbers = new Set(tutorials.map((name) => name.split('-')[1]));
  expect(numbers.size).toBe(5);
});

describe('a lab that is built by GraphQL shows at every step what a real engine showed', () => {
  test.each(tutorials)(
    '%s',
    async (name) => {
      const recording = readRecording(name);
      const replay = await replayed({ server, recording });
      expect(replay.findings, summaryOf(replay.findings)).toEqual([]);
      expect(replay.unsaid).toEqual([]);
      expect(replay.compared.answers).toBe(recording.answers.flatMap(({ api = [] }) => api).length);
      expect(replay.compared.sections).toBeGreaterThan(recording.moments.length);
    },
    replayMsMax,
  );
});

test(
  'a recording that lies in one value of each kind is found out',
  async () => {
    const plain = readRecording('tutorial-004-alias');
    const { recording, altered } = alteredRecording(plain);
    expect(altered).toBe(kindsOfAlteration);
    const replay = await replayed({ server, recording, lab: 'altered' });
    const ofState = replay.findings.filter(({ section }) => !section.includes(' '));
    expect(new Set(ofState.map(({ section }) => section)).size).toBe(altered);
    const ofRefusals = replay.findings.filter(({ section }) => section.includes(' '));
    expect(ofRefusals).toHaveLength(replay.compared.refusals);
    expect(replay.compared.refusals).toBeGreaterThan(0);
  },
  replayMsMax,
);

describe('a copy with other names and subnets differs only there', () => {
  test.each(tutorials)(
    '%s',
    async (name) => {
      const recording = readRecording(name);
      const disguise = disguiseOf(recording);
      const lab = `copy-of-${name}`;
      const replay = await replayed({ server, recording, lab, disguise });
      expect(replay.findings, summaryOf(replay.findings)).toEqual([]);
      // In every state something was told back: the copy did have names and subnets of its own.
      expect(replay.compared.disguised).toBeGreaterThanOrEqual(recording.moments.length);
    },
    replayMsMax,
  );
});
