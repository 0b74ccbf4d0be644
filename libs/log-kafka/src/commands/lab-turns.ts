import type { LabId } from '@netfold/contracts';

/**
 * Keeps the order of the commands of a lab within a batch. The writer keeps it for what reaches it
 * at once; a command whose rights are looked up first waits for those before it (it may speak of a
 * lab that they make), and those behind wait for it.
 */
export class LabTurns {
  readonly #all = new Map<LabId, Promise<unknown>>();
  readonly #guarded = new Map<LabId, Promise<unknown>>();

  take<T>(labId: LabId, isGuarded: boolean, work: () => Promise<T>): Promise<T> {
    const before = (isGuarded ? this.#all : this.#guarded).get(labId);
    const mine = before === undefined ? work() : before.then(work);
    // Whether it failed is for its caller; for the next one only that it ended counts.
    const ended = Promise.allSettled([this.#all.get(labId), mine]);
    this.#all.set(labId, ended);
    if (isGuarded) this.#guarded.set(labId, ended);
    return mine;
  }
}
