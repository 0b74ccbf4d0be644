export type RunOptions = {
  readonly seed: number;
  /** The run ends with the round in which it is over, and all of these are reached. */
  readonly until: {
    readonly minutes: number;
    readonly rounds: number;
    readonly acknowledged: number;
    readonly cuts: number;
  };
  readonly say: (line: string) => void;
};
