import type { History, LogRow, OutcomeRow, TopicRecord } from './history.ts';

export const commitTopic = 'netfold.commits';
export const outcomeTopic = 'netfold.outcomes';

/** What the tables remember of commands, and what stood in the topics, against the log. */
export function distribution(history: History): readonly string[] {
  return [
    ...sequences(history),
    ...outcomesOfCommits(history),
    ...answersAgainstOutcomes(history),
    ...commitRecords(history),
    ...outcomeRecords(history),
    ...orderOf(history, commitTopic),
    ...orderOf(history, outcomeTopic),
  ];
}

const placeOf = ({ partition, position }: Pick<LogRow, 'partition' | 'position'>): string =>
  `${partition}/${position}`;

/** Outcomes of each partition are counted 1..n without gap or repeat, and the head is n. */
function sequences({ outcomes, partitions }: History): readonly string[] {
  return partitions.flatMap(({ partition, outcomesHead }) => {
    const found = outcomes
      .filter((row) => row.partition === partition)
      .map(({ sequence }) => sequence)
      .toSorted((a, b) => a - b);
    const wrong = found.flatMap((sequence, index) =>
      sequence === index + 1 ? [] : [`outcome ${partition}/${sequence} is not ${index + 1}`],
    );
    if (outcomesHead === found.length) return wrong;
    return [...wrong, `partition ${partition} counts ${outcomesHead} outcomes of ${found.length}`];
  });
}

/** Each commit has one outcome that names its place; no outcome names one that is not there. */
function outcomesOfCommits({ log, outcomes }: History): readonly string[] {
  const wrong: string[] = [];
  const commits = new Map(log.map((row) => [placeOf(row), row]));
  const told = new Set<string>();
  for (const { partition, position, commandId, lab, version } of outcomes) {
    if (position === null) continue;
    const place = placeOf({ partition, position });
    const commit = commits.get(place);
    const isIts =
      commit?.commandId === commandId && commit.lab === lab && commit.version === version;
    if (!isIts) wrong.push(`the outcome of ${commandId} names ${place}, which is not its commit`);
    if (told.has(place)) wrong.push(`two outcomes name ${place}`);
    told.add(place);
  }
  for (const place of commits.keys()) if (!told.has(place)) wrong.push(`${place} has no outcome`);
  return wrong;
}

/** 2, 3, 8. What a client was told is what the log remembers. */
function answersAgainstOutcomes({ outcomes, journals }: History): readonly string[] {
  const byId = new Map(outcomes.map((row) => [row.commandId, row]));
  return journals.flat().flatMap((line) => {
    // A refusal before the lab's door has no version, and is not remembered.
    if (line.what !== 'answered' || line.version === 0) return [];
    const row = byId.get(line.id);
    if (row === undefined) return [`the answer to ${line.id} is not remembered`];
    const code = row.outcome.refusal?.code ?? null;
    const isSame =
      row.position === line.position && row.version === line.version && code === line.refusal;
    return isSame ? [] : [`the answer to ${line.id} is not what is remembered`];
  });
}

/** 26. Every record of a commit shows a commit of the log as it is. */
function commitRecords({ log, topics = [] }: History): readonly string[] {
  const commits = new Map(log.map((row) => [placeOf(row), row]));
  return topics.flatMap((record) => {
    if (record.topic !== commitTopic || !isOf(record, 'commit')) return [];
    const data = dataOf(record);
    const row = commits.get(`${String(data['partition'])}/${String(data['position'])}`);
    const of = `the record ${describe(record)}`;
    if (row === undefined) return [`${of} shows a commit that is not in the log`];
    if (row.partition !== record.partition) return [`${of} stands in a wrong partition`];
    const columns = [data['labId'], data['labVersion'], data['commandId'], data['hash']];
    const isSame =
      columns.join() === [row.lab, row.version, row.commandId, row.hash].join() &&
      record.key === row.lab &&
      record.headers['version'] === String(row.version) &&
      JSON.stringify(data['events']) === JSON.stringify(row.events);
    return isSame ? [] : [`${of} shows another commit than the log`];
  });
}

/** Every record of a remembered outcome shows the row of the log, byte for byte. */
function outcomeRecords({ outcomes, topics = [] }: History): readonly string[] {
  const rows = new Map(outcomes.map((row) => [`${row.tenantId} ${row.commandId}`, row]));
  return topics.flatMap((record) => {
    if (record.topic !== outcomeTopic) return [];
    const data = dataOf(record);
    if (data['isRemembered'] !== true) return [];
    const row = rows.get(`${String(data['tenantId'])} ${String(data['commandId'])}`);
    const of = `the record ${describe(record)}`;
    if (row === undefined) return [`${of} tells an outcome that is not remembered`];
    if (row.partition !== record.partition) return [`${of} stands in a wrong partition`];
    return isToldBy(data, row) ? [] : [`${of} tells another outcome than the log`];
  });
}

function isToldBy(data: Readonly<Record<string, unknown>>, row: OutcomeRow): boolean {
  const { labId, labVersion, position, labTime, sequence, outcome } = data;
  const told = [labId, labVersion, position, labTime, sequence];
  const known = [row.lab, row.version, row.position, row.labTime, row.sequence];
  // Null: too large for a record.
  const isSameOutcome = outcome === null || JSON.stringify(outcome) === JSON.stringify(row.outcome);
  return JSON.stringify(told) === JSON.stringify(known) && isSameOutcome;
}

/**
 * 26. What the relay sent comes in the log's order, without a hole once repeats are dropped; where
 * records were deleted it may go on later. A watermark tells the truth about what stands above it.
 */
function orderOf({ partitions, topics = [] }: History, topic: string): readonly string[] {
  const records = topics.filter((record) => record.topic === topic);
  const wrong: string[] = [];
  const runs = Map.groupBy(records, (each) => `${each.incarnation} ${each.partition}`);
  const last = Math.max(-1, ...records.map(({ incarnation }) => incarnation));
  const reached = new Map<number, number>();
  for (const run of runs.values()) {
    const { highest, findings } = orderOfRun(run);
    wrong.push(...findings);
    const [first] = run;
    if (first?.incarnation === last) reached.set(first.partition, highest);
  }
  // A topic that was not read says nothing.
  if (records.length === 0) return wrong;
  for (const { partition, head, outcomesHead } of partitions) {
    const end = topic === commitTopic ? head : outcomesHead;
    const highest = reached.get(partition);
    // Nothing was written there since the topic was deleted.
    if (highest === undefined && (last > 0 || end === 0)) continue;
    if (highest !== end) wrong.push(`${topic} ends at ${partition}/${highest}, the log at ${end}`);
  }
  return wrong;
}

function orderOfRun(run: readonly TopicRecord[]): {
  readonly highest: number;
  readonly findings: readonly string[];
} {
  const findings: string[] = [];
  let highest = 0;
  let next = 0;
  // After a deletion, the relay goes on where it was.
  let mayJump = (run[0]?.incarnation ?? 0) > 0;
  for (const record of run) {
    if (record.offset !== next) mayJump = true;
    next = record.offset + 1;
    if (record.isHostile) continue;
    const number = numberOf(record);
    if (number === null) continue;
    if (isOf(record, 'watermark')) {
      if (number > highest && !mayJump) {
        findings.push(`the watermark ${describe(record)} says ${number} after ${highest}`);
      }
      continue;
    }
    if (number > highest + 1 && !mayJump) {
      findings.push(`the record ${describe(record)} is ${number} after ${highest}`);
    }
    if (number > highest) mayJump = false;
    highest = Math.max(highest, number);
  }
  return { highest, findings };
}

/** Position of a commit or watermark, sequence of an outcome; `null`: what the log never had. */
function numberOf(record: TopicRecord): number | null {
  const data = dataOf(record);
  if (record.topic === outcomeTopic && data['isRemembered'] !== true) return null;
  return Number(record.topic === outcomeTopic ? data['sequence'] : data['position']);
}

type Message = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

const dataOf = ({ value }: TopicRecord): Message['data'] => (JSON.parse(value) as Message).data;

const isOf = ({ value }: TopicRecord, kind: string): boolean =>
  (JSON.parse(value) as Message).type === `netfold.${kind}.v0`;

const describe = ({ topic, incarnation, partition, offset }: TopicRecord): string =>
  `${topic} ${incarnation}/${partition}/${offset}`;
