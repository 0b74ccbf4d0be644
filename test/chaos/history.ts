import type { JournalLine } from './journal.ts';

/** A row of the log, as SQL has it. */
export type LogRow = {
  readonly partition: number;
  readonly position: number;
  readonly lab: string;
  readonly version: number;
  readonly commandId: string;
  readonly previousHash: string;
  readonly hash: string;
  /** The text that the hash is taken over. */
  readonly hashed: string;
  readonly events: readonly { readonly type: string; readonly data: Record<string, unknown> }[];
};

/** A row of what the log remembers of commands. */
export type OutcomeRow = {
  readonly partition: number;
  readonly sequence: number;
  readonly tenantId: string;
  readonly commandId: string;
  readonly lab: string;
  readonly version: number;
  readonly position: number | null;
  readonly labTime: number;
  readonly outcome: {
    readonly kind: string;
    readonly refusal?: { readonly code: string };
  };
};

/** The log's tables at one moment. */
export type LogHistory = {
  readonly log: readonly LogRow[];
  readonly heads: readonly { readonly lab: string; readonly version: number }[];
  readonly partitions: readonly {
    readonly partition: number;
    readonly head: number;
    readonly outcomesHead: number;
  }[];
  readonly outcomes: readonly OutcomeRow[];
};

/** A record as it stood in a topic. */
export type TopicRecord = {
  readonly topic: string;
  /** Counts from 0 how often the topic was deleted before. */
  readonly incarnation: number;
  readonly partition: number;
  readonly offset: number;
  /** Put there by the test: a copy, perhaps out of order. */
  readonly isHostile: boolean;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
};

export type History = LogHistory & {
  /** One journal per client. */
  readonly journals: readonly (readonly JournalLine[])[];
  /** Commits of the log as they were at earlier moments of the run. */
  readonly earlier?: readonly Pick<LogRow, 'partition' | 'position' | 'hash'>[];
  /** What stood in the topics; by topic, incarnation and partition in the order of offsets. */
  readonly topics?: readonly TopicRecord[];
};
