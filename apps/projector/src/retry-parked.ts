import type { PostgresProjection } from '@netfold/readmodel-postgres';

/** Parked labs whose time has come are looked for so often. */
const roundMs = 2_000;

type Parking = Pick<PostgresProjection, 'retryParked' | 'countParked'>;

type Listeners = {
  /** So many labs are parked after a round. */
  readonly onParked: (labs: number) => void;
  readonly onProblem: (problem: string, cause: Error | null) => void;
};

/** Brings parked labs back, one round after the other. */
export class RetryParked {
  readonly #projection: Parking;
  readonly #on: Listeners;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(projection: Parking, on: Listeners) {
    this.#projection = projection;
    this.#on = on;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => this.start());
    }, roundMs);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    try {
      await this.#projection.retryParked();
      this.#on.onParked(await this.#projection.countParked());
    } catch (cause) {
      // A database is away for a moment; the next round asks again.
      const error = cause instanceof Error ? cause : null;
      this.#on.onProblem('parked labs could not be looked for', error);
    }
  }
}
