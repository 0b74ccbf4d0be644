import { failure } from '../failure/failure.ts';

const message = 'the answer took too long; a command may have been carried out all the same';

/** When a request is given up. What is known to take long asks for more time. */
export class Deadline {
  #timer: NodeJS.Timeout | null = null;
  #endsMs = 0;
  #giveUp: (() => void) | null = null;

  /** @returns what is rejected, with `TIMEOUT`, when the time has passed */
  start(limitMs: number): Promise<never> {
    return new Promise((_, reject) => {
      this.#giveUp = () => reject(failure('TIMEOUT', message));
      this.#endsMs = performance.now();
      this.extend(limitMs);
    });
  }

  /** Lets it end so much later; where none was started it never ends. */
  extend(moreMs: number): void {
    if (this.#giveUp === null) return;
    this.clear();
    this.#endsMs += moreMs;
    this.#timer = setTimeout(this.#giveUp, this.#endsMs - performance.now());
  }

  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
