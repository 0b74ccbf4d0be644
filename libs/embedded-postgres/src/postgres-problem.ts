/** Why PostgreSQL could not be started: with a cause, and what to do. Codes in docs/errors.md. */
export class PostgresProblem extends Error {
  override readonly name = 'PostgresProblem';
  readonly problem: {
    readonly code: string;
    readonly problem: string;
    readonly cause: string;
    readonly fix: string;
  };

  constructor(problem: PostgresProblem['problem'], options?: ErrorOptions) {
    super(problem.problem, options);
    this.problem = problem;
  }
}
