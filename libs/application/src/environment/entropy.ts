import { randomFillSync } from 'node:crypto';

/** Where a decision's random seed comes from. */
export interface Entropy {
  /** 32 lowercase hex characters. */
  seed(): string;
}

const seedBytes = 16;
const seedsPerFill = 256;

/** Draws from the system in blocks: one call each costs more than a whole decision. */
export class SystemEntropy implements Entropy {
  readonly #block = Buffer.alloc(seedBytes * seedsPerFill);
  #used = this.#block.length;

  seed(): string {
    if (this.#used === this.#block.length) {
      randomFillSync(this.#block);
      this.#used = 0;
    }
    this.#used += seedBytes;
    return this.#block.toString('hex', this.#used - seedBytes, this.#used);
  }
}
