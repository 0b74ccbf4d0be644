type Undo = () => unknown;

/** What a process has started, to be stopped in the opposite order. */
export class Started {
  readonly #undo: Undo[] = [];
  #isStopped = false;

  /** What is started while everything is being stopped is stopped at once. */
  add(undo: Undo): void {
    this.#undo.push(undo);
    if (this.#isStopped) void this.stop();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const undo of this.#undo.splice(0).toReversed()) await undo();
  }

  /** Runs what starts something; what it had started before it failed is stopped again. */
  static async all<T>(start: (started: Started) => Promise<T>): Promise<T> {
    const started = new Started();
    try {
      return await start(started);
    } catch (error) {
      await started.stop();
      throw error;
    }
  }
}
