import type { TestPostgres } from '@netfold/testkit';

/** One thing that a goal demands, with what was measured. */
export type Claim = {
  readonly text: string;
  /** The median of the rounds. */
  readonly value: number;
  readonly bound: { readonly is: 'atLeast' | 'atMost'; readonly value: number };
  readonly isReached: boolean;
  /** One value per round, in order. */
  readonly rounds: readonly number[];
  /** For a claim that is not reached: what a profile shows, and the next step. */
  readonly next?: string;
};

/** An absolute number: it holds for this machine at that hour only. */
export type Figure = { readonly text: string; readonly value: number; readonly unit: string };

export type GoalReport = {
  readonly id: GoalId;
  readonly title: string;
  /** What was compared with what, so that a reader can judge whether the work was equal. */
  readonly method: string;
  readonly claims: readonly Claim[];
  readonly figures: readonly Figure[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The short version: its numbers mean little. */
  readonly isQuick: boolean;
  readonly seconds: number;
  /** Load average over the last minute, before and after. */
  readonly load: readonly [number, number];
};

export const goalIds = [
  'G1',
  'G2',
  'G3',
  'G4',
  'G5',
  'G6',
  'G7',
  'G8',
  'G9',
  'ENGINE',
  'SCALED',
] as const;
export type GoalId = (typeof goalIds)[number];

export type BenchContext = {
  readonly postgres: TestPostgres;
  /** Short versions: they show that everything runs, their numbers mean little. */
  readonly isQuick: boolean;
  /** Length of the log for G5 and G6, where another than the default was asked for. */
  readonly events: number | null;
  /** Says what is going on; a line for people. */
  readonly say: (line: string) => void;
};

/** What a goal's run gives back; the rest of its report is the same for all. */
export type Measured = Pick<GoalReport, 'claims' | 'figures'>;

export type Goal = {
  readonly id: GoalId;
  readonly title: string;
  readonly method: string;
  readonly run: (context: BenchContext) => Promise<Measured>;
};
