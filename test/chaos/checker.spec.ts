import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findings } from './checker.ts';
import type { History, LogRow } from './history.ts';
import { withRecords } from './planted-records.ts';
import type { JournalLine } from './journal.ts';

const zeros = '0'.repeat(64);
const endpoint = (endpointId: string, ipv4: string, mac: string) => ({
  type: 'EndpointCreated',
  data: { host: 'h1', networkId: 'n', endpointId, ipv4, mac },
});
const container = (containerId: string, name: string) => ({
  type: 'ContainerCreated',
  data: { host: 'h1', containerId, name },
});

const rows: readonly LogRow[] = [
  row(1, 1, 'a', [container('c1', 'web')]),
  row(2, 2, 'b', [endpoint('e1', '10.0.0.2/24', 'm1')]),
  row(3, 3, 'c', [endpoint('e2', '10.0.0.3/24', 'm2')]),
];

function row(position: number, version: number, commandId: string, events: LogRow['events']) {
  return {
    partition: 0,
    position,
    lab: 'lab-1',
    version,
    commandId,
    previousHash: version === 1 ? zeros : hashOf(version - 1),
    hash: hashOf(version),
    hashed: `content ${version}`,
    events,
  };
}

function hashOf(version: number): string {
  return createHash('sha256').update(`content ${version}`).digest('hex');
}

const answered = (id: string, at: number, version: number): JournalLine => ({
  what: 'answered',
  at,
  id,
  lab: 'lab-1',
  by: 'graphql',
  refusal: null,
  position: version,
  version,
  answer: `answer ${id}`,
});
const sent = (id: string, at: number, container: string | null = null): JournalLine => ({
  what: 'sent',
  at,
  id,
  lab: 'lab-1',
  container,
});
const refused = (id: string, version: number, refusal: string): JournalLine =>
  ({ ...answered(id, 11, version), position: null, refusal }) as JournalLine;
const saw = (version: number, commandId: string): JournalLine => ({
  what: 'saw',
  at: 9,
  lab: 'lab-1',
  session: 1,
  version,
  commandId,
});
const read = (wanted: number, version: number, containers: readonly string[]): JournalLine => ({
  what: 'read',
  at: 9,
  lab: 'lab-1',
  wanted,
  isExact: false,
  version,
  containers,
});

const journal: readonly JournalLine[] = [
  sent('a', 1),
  answered('a', 2, 1),
  sent('b', 3),
  answered('b', 4, 2),
  sent('c', 5),
  answered('c', 6, 3),
  sent('r', 7, 'h1/web'),
  refused('r', 3, 'ContainerNameTaken'),
  saw(1, 'a'),
  saw(2, 'b'),
  read(3, 3, ['h1/web']),
];

const outcome = (sequence: number, id: string, version: number, code: string | null) => ({
  partition: 0,
  sequence,
  tenantId: 'local',
  commandId: id,
  lab: 'lab-1',
  version,
  position: code === null ? version : null,
  labTime: 1,
  outcome: code === null ? { kind: 'accepted' } : { kind: 'refused', refusal: { code } },
});
const outcomes: History['outcomes'] = [
  outcome(1, 'a', 1, null),
  outcome(2, 'b', 2, null),
  outcome(3, 'c', 3, null),
  outcome(4, 'r', 3, 'ContainerNameTaken'),
];

const good: History = {
  log: rows,
  heads: [{ lab: 'lab-1', version: 3 }],
  partitions: [{ partition: 0, head: 3, outcomesHead: 4 }],
  outcomes,
  journals: [journal],
};
const withLog = (log: readonly LogRow[]): History => ({ ...good, log });
const withLine = (...lines: readonly JournalLine[]): History => ({
  ...good,
  journals: [[...journal, ...lines]],
});
const changed = (index: number, change: Partial<LogRow>): readonly LogRow[] =>
  rows.map((each, at) => (at === index ? { ...each, ...change } : each));

test('a true history has no findings', () => {
  expect(findings(good)).toEqual([]);
  expect(findings(withRecords(good).good)).toEqual([]);
});

const tampered: Readonly<Record<string, History>> = {
  ...withRecords(good).tampered,
  'a lost commit': withLog(rows.slice(0, 2)),
  'a lost commit in the middle': withLog(rows.filter(({ version }) => version !== 2)),
  'a position twice': withLog(changed(2, { position: 2 })),
  'a gap of positions': withLog(changed(2, { position: 4 })),
  'a version twice': withLog(changed(2, { version: 2 })),
  'a gap of versions': withLog(changed(2, { version: 4 })),
  'a command twice': withLog(changed(2, { commandId: 'b' })),
  'a broken hash chain': withLog(changed(1, { previousHash: 'other' })),
  'a first commit that names another': withLog(changed(0, { previousHash: 'other' })),
  'a head that is behind': { ...good, heads: [{ lab: 'lab-1', version: 2 }] },
  'an acknowledged command that is lost': withLine(sent('x', 10), answered('x', 11, 4)),
  'a commit elsewhere than was said': withLine(sent('b', 10), answered('b', 11, 3)),
  'a refused command in the log': withLine({
    ...(answered('a', 10, 1) as object),
    position: null,
    answer: 'answer a',
  } as JournalLine),
  'two answers to one command': withLine({
    ...(answered('a', 10, 1) as object),
    answer: 'other',
  } as JournalLine),
  'a command before what was known': {
    ...good,
    journals: [[sent('c', 1), answered('c', 2, 3), sent('a', 3), answered('a', 4, 1)]],
  },
  'a subscription with a hole': withLine(saw(4, 'd')),
  'a subscription that repeats': withLine(saw(2, 'b')),
  'a subscription with an invented commit': withLine(saw(3, 'x')),
  'a stale read': withLine(read(3, 2, ['h1/web'])),
  'a read of a version that never was': withLine(read(3, 7, ['h1/web'])),
  'a read of a fact that never was': withLine(read(3, 3, ['h1/web', 'h1/ghost'])),
  'a read that misses a fact': withLine(read(3, 3, [])),
  'a read of the past that shows another moment': withLine({
    ...(read(2, 3, ['h1/web']) as object),
    isExact: true,
  } as JournalLine),
  'a refusal for the sake of a fact that never was': withLine(
    sent('x', 10, 'h1/ghost'),
    refused('x', 3, 'ContainerNameTaken'),
  ),
  'a refusal that denies a fact': withLine(
    sent('x', 10, 'h1/web'),
    refused('x', 3, 'ContainerNotFound'),
  ),
  'a refusal at a version that never was': withLine(sent('x', 10), refused('x', 4, 'Other')),
  'a subscription that begins too late': {
    ...good,
    journals: [[saw(2, 'b'), saw(3, 'c')]],
  },
  'an address held twice': withLog(changed(2, { events: [endpoint('e2', '10.0.0.2/24', 'm2')] })),
  'a container name held twice': withLog(changed(1, { events: [container('c2', 'web')] })),
  'a head of the partition that is behind': {
    ...good,
    partitions: [{ partition: 0, head: 2, outcomesHead: 4 }],
  },
  'a lab in two partitions': withLog(changed(2, { partition: 1, position: 1 })),
  'a commit whose content has changed': withLog(changed(1, { hashed: 'other' })),
  'a commit that was another one before': {
    ...good,
    earlier: [{ partition: 0, position: 2, hash: 'other' }],
  },
  'a commit that was there before and is not': {
    ...good,
    earlier: [{ partition: 0, position: 4, hash: 'hash' }],
  },
  'an answer that is not remembered': { ...good, outcomes: outcomes.slice(0, 3) },
  'an outcome twice': { ...good, outcomes: [...outcomes, outcome(4, 'x', 3, 'Other')] },
  'a commit without an outcome': {
    ...good,
    outcomes: outcomes.map((row) => (row.commandId === 'b' ? { ...row, position: null } : row)),
  },
  'two outcomes of one commit': {
    ...good,
    outcomes: [...outcomes, outcome(5, 'b', 2, null)],
    partitions: [{ partition: 0, head: 3, outcomesHead: 5 }],
  },
  'an answer that is not the remembered one': {
    ...good,
    outcomes: outcomes.map((row) => (row.commandId === 'r' ? outcome(4, 'r', 3, 'Other') : row)),
  },
  'a MAC held twice': withLog(changed(2, { events: [endpoint('e2', '10.0.0.3/24', 'm1')] })),
};

test.each(Object.entries(tampered))('%s is found', (_, history) => {
  expect(findings(history)).not.toEqual([]);
});
