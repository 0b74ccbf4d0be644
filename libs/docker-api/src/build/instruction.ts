/** One instruction of a Dockerfile. */
export type Instruction = {
  /** In capitals: `RUN`. */
  readonly name: string;
  /** All of it, its lines joined. */
  readonly text: string;
  /** Everything behind the name, its lines joined. */
  readonly rest: string;
  /** The rest as a JSON list of texts; `null`: it is none. */
  readonly list: readonly string[] | null;
  /** `--from=base`: in order. */
  readonly flags: readonly (readonly [name: string, value: string | null])[];
};
