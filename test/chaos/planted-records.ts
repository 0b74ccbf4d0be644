import type { History, LogRow, TopicRecord } from './history.ts';
import { commitTopic, outcomeTopic } from './distribution-checker.ts';

type Records = readonly TopicRecord[];

/** A history with what stood in its topics, once true and once for each lie about it. */
export function withRecords(history: History): {
  readonly good: History;
  readonly tampered: Readonly<Record<string, History>>;
} {
  const commits = history.log.map((row) => commitRecord(row));
  const outcomes = history.outcomes.map((row) =>
    record(outcomeTopic, row.lab, 'outcome', {
      isRemembered: true,
      tenantId: row.tenantId,
      commandId: row.commandId,
      labId: row.lab,
      labVersion: row.version,
      position: row.position,
      outcome: row.outcome,
      labTime: row.labTime,
      sequence: row.sequence,
    }),
  );
  const topics = (changed: { readonly commits?: Records; readonly outcomes?: Records }) => ({
    ...history,
    topics: [...inPlace(changed.commits ?? commits), ...inPlace(changed.outcomes ?? outcomes)],
  });
  const [first, second, third] = commits as [TopicRecord, TopicRecord, TopicRecord];
  const [told, ...others] = outcomes as [TopicRecord, ...TopicRecord[]];
  return {
    good: topics({
      // Repeats, a true watermark, and a hostile copy out of order change nothing.
      commits: [
        first,
        { ...first, isHostile: true },
        second,
        first,
        second,
        watermark(2),
        { ...first, isHostile: true },
        third,
      ],
    }),
    tampered: {
      'a topic with a hole': topics({ commits: [first, third] }),
      'a topic out of order': topics({ commits: [second, first, third] }),
      'a topic that ends early': topics({ commits: [first, second] }),
      'a watermark ahead of its topic': topics({ commits: [first, watermark(3), second, third] }),
      'a record of an invented commit': topics({
        commits: [...commits, edited(third, '"position":3', '"position":4')],
      }),
      'a record with other events': topics({
        commits: [first, edited(second, '10.0.0.2', '10.0.0.9'), third],
      }),
      'a record with another hash': topics({
        commits: [edited(first, '"hash":"', '"hash":"0'), second, third],
      }),
      'a record in a wrong partition': topics({
        commits: [...commits, { ...first, partition: 1, isHostile: true }],
      }),
      'an outcome record that tells something else': topics({
        outcomes: [edited(told, 'accepted', 'refused'), ...others],
      }),
      'an outcome record that is not remembered': topics({
        outcomes: [...outcomes, edited(told, '"commandId":"a"', '"commandId":"z"')],
      }),
      'an outcome record with another sequence': topics({
        outcomes: [edited(told, '"sequence":1', '"sequence":2'), ...others],
      }),
      'outcome records with a hole': topics({ outcomes: [told, ...others.slice(1)] }),
      'outcome records that end early': topics({ outcomes: outcomes.slice(0, -1) }),
    },
  };
}

/** Gives records of one topic their offsets, in each partition from 0 on. */
function inPlace(records: Records): Records {
  const next = new Map<number, number>();
  return records.map((each) => {
    const offset = next.get(each.partition) ?? 0;
    next.set(each.partition, offset + 1);
    return { ...each, offset };
  });
}

const commitRecord = (row: LogRow): TopicRecord => ({
  ...record(commitTopic, row.lab, 'commit', {
    partition: row.partition,
    position: row.position,
    labId: row.lab,
    labVersion: row.version,
    commandId: row.commandId,
    hash: row.hash,
    events: row.events,
  }),
  headers: { version: String(row.version) },
});

const watermark = (position: number): TopicRecord =>
  record(commitTopic, '', 'watermark', { partition: 0, position, logEpoch: 'epoch' });

const record = (
  topic: string,
  key: string,
  kind: string,
  data: Readonly<Record<string, unknown>>,
): TopicRecord => ({
  topic,
  incarnation: 0,
  partition: 0,
  offset: 0,
  isHostile: false,
  key,
  headers: {},
  value: JSON.stringify({ type: `netfold.${kind}.v0`, data }),
});

function edited(record: TopicRecord, from: string, to: string): TopicRecord {
  const value = record.value.replace(from, to);
  if (value === record.value) throw new Error(`the record has no ${from}`);
  return { ...record, value };
}
