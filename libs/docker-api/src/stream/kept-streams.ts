import type { KeptStream, StreamKeeper } from './stream-keeper.ts';

/** The open streams of one engine that whoever reaches it may keep, until it closes. */
export class KeptStreams implements StreamKeeper {
  readonly #open = new Set<KeptStream>();

  /** There is no limit but the engine's own. */
  demandRoom(): void {}

  keep(_route: string, stream: KeptStream): void {
    if (stream.closed.aborted) return;
    this.#open.add(stream);
    stream.closed.addEventListener('abort', () => this.#open.delete(stream));
  }

  /** Tells all why they end, and waits until they are over. */
  async endAll(message: string): Promise<void> {
    const streams = [...this.#open];
    const over = streams.map(
      ({ closed }) =>
        new Promise<void>((resolve) => closed.addEventListener('abort', () => resolve())),
    );
    for (const stream of streams) stream.end(message);
    await Promise.all(over);
  }
}
