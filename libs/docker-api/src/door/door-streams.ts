import { EngineError } from '../http/engine-error.ts';
import type { KeptStream, StreamKeeper } from '../stream/stream-keeper.ts';
import { doorLimits } from './door-limits.ts';
import { NotAdmitted } from './not-admitted.ts';

/** Passes while the actor may use the route. @throws NotAdmitted, EngineError, or a fault */
type Authorise = (route: string) => Promise<void>;

/** The streams that go out of the door, each looked at again and again. */
export class DoorStreams {
  readonly #open = new Map<string, Set<KeptStream>>();

  /** @param actor  whom the streams are counted for */
  keeperOf(actor: string, authorise: Authorise): StreamKeeper {
    return {
      demandRoom: () => this.#demandRoom(actor),
      keep: (route, stream) => this.#keep(actor, stream, () => authorise(route)),
    };
  }

  endAll(message: string): void {
    for (const streams of this.#open.values()) {
      for (const stream of streams) stream.end(message);
    }
  }

  #demandRoom(actor: string): void {
    const { streamsPerActorMax } = doorLimits;
    if ((this.#open.get(actor)?.size ?? 0) < streamsPerActorMax) return;
    throw new EngineError(
      'unavailable',
      `netfold: you have ${streamsPerActorMax} streams open, and may have no more`,
    );
  }

  #keep(actor: string, stream: KeptStream, authorise: () => Promise<void>): void {
    if (stream.closed.aborted) return;
    const streams = this.#open.get(actor) ?? new Set();
    this.#open.set(actor, streams.add(stream));
    const watch = new Watch(stream, authorise);
    stream.closed.addEventListener('abort', () => {
      watch.stop();
      streams.delete(stream);
      if (streams.size === 0 && this.#open.get(actor) === streams) this.#open.delete(actor);
    });
  }
}

/** Asks for the right to one stream until it is over. */
class Watch {
  readonly #stream: KeptStream;
  readonly #authorise: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;
  #uncertain = 0;

  constructor(stream: KeptStream, authorise: () => Promise<void>) {
    this.#stream = stream;
    this.#authorise = authorise;
    this.#timer = setInterval(() => void this.#ask(), doorLimits.rightsCheckMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const reason = await this.#reasonToEnd();
    this.#isAsking = false;
    if (reason === null || this.#stream.closed.aborted) return;
    this.stop();
    this.#stream.end(reason);
  }

  async #reasonToEnd(): Promise<string | null> {
    try {
      await this.#authorise();
      this.#uncertain = 0;
      return null;
    } catch (error) {
      if (error instanceof NotAdmitted) return error.message;
      if (error instanceof EngineError) {
        return 'netfold: this stream ends: the right to it was taken away';
      }
      // A store that does not answer has taken no right away, for a while.
      this.#uncertain += 1;
      if (this.#uncertain < doorLimits.uncertainChecksMax) return null;
      return 'netfold: this stream ends: the right to it could not be checked';
    }
  }
}
