/** Kafka is asked no more often, also when every partition misses its topic. */
const everyMs = 5_000;

/** Makes the topics again when something could not be sent: somebody may have deleted one. */
export class MissedTopics {
  readonly #ensure: () => Promise<void>;
  readonly #onProblem: (problem: string, cause: unknown) => void;
  #triedAt = Number.NEGATIVE_INFINITY;

  /** @param ensure creates the topics that are missing */
  constructor(ensure: () => Promise<void>, onProblem: (problem: string, cause: unknown) => void) {
    this.#ensure = ensure;
    this.#onProblem = onProblem;
  }

  /** Something could not be sent. */
  look(): void {
    if (performance.now() - this.#triedAt < everyMs) return;
    this.#triedAt = performance.now();
    // Kafka as a whole may be away; the next failure looks again.
    this.#ensure().catch((cause: unknown) => this.#onProblem('no topic could be made', cause));
  }
}
