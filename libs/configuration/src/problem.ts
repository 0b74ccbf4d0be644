/** What Netfold itself has to say when it cannot go on: a problem, its cause and what to do. */
export type Problem = {
  /** Documented in docs/errors.md. */
  readonly code: string;
  /** Plain words, lowercase, no full stop, no advice. */
  readonly problem: string;
  readonly cause: string;
  readonly fix: string;
};

export class NetfoldProblem extends Error {
  override readonly name = 'NetfoldProblem';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.problem, options);
    this.problem = problem;
  }
}

export function printedProblem({ code, problem, cause, fix }: Problem): string {
  return `error[${code}]: ${problem}\n  cause: ${cause}\n  fix:   ${fix}\n`;
}
