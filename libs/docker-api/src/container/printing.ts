import type { LabEvent, LabTime, OutputChunk } from '@netfold/contracts';
import type { Container } from '@netfold/domain';
import type { EngineContext } from '../engine/engine-context.ts';
import { commitsAfter } from '../stream/commits.ts';
import { pauseFor } from '../stream/pace.ts';

/** What the main process of a container is yet to print. */
class Printing {
  #toCome: readonly OutputChunk[];
  #pausedAt: LabTime | null;
  /** Its run is over, or the container gone. */
  isOver = false;

  constructor({ output, pausedAt }: Container, now: LabTime) {
    const until = Math.min(now, pausedAt ?? now);
    this.#toCome = output.filter(({ at }) => at > until);
    this.#pausedAt = pausedAt;
  }

  hear(event: LabEvent): void {
    switch (event.type) {
      case 'ContainerPrinted':
        this.#toCome = [...this.#toCome, ...event.data.chunks];
        break;
      case 'ContainerPaused':
        this.#pausedAt = event.data.at ?? null;
        break;
      case 'ContainerUnpaused': {
        const late = (event.data.at ?? 0) - (this.#pausedAt ?? event.data.at ?? 0);
        this.#toCome = this.#toCome.map((chunk) => ({ ...chunk, at: chunk.at + late }));
        this.#pausedAt = null;
        break;
      }
      case 'ContainerExited': {
        const { finishedAt } = event.data;
        this.#toCome = this.#toCome.filter(({ at }) => at <= finishedAt);
        this.isOver = true;
        break;
      }
      case 'ContainerRemoved':
        // `--rm` comes right behind the end, and takes away nothing that was printed.
        if (!this.isOver) this.#toCome = [];
        this.isOver = true;
        break;
      default:
    }
  }

  /** What has been printed by now and was not taken before. */
  take(now: LabTime): readonly OutputChunk[] {
    const isPrinted = ({ at }: OutputChunk) =>
      this.isOver || at <= Math.min(now, this.#pausedAt ?? now);
    const printed = this.#toCome.filter(isPrinted);
    if (printed.length > 0) this.#toCome = this.#toCome.filter((chunk) => !isPrinted(chunk));
    return printed;
  }

  /** When it prints next; `null`: only after something has happened. */
  get nextAt(): LabTime | null {
    return this.#pausedAt === null ? (this.#toCome[0]?.at ?? null) : null;
  }
}

/**
 * What the main process of a container prints after it was seen, each piece at its instant, until
 * its run is over or the client has gone.
 *
 * @param seen  the container as it was at a version, and how late it was then
 */
export async function* printedAfter(
  context: EngineContext,
  seen: { readonly container: Container; readonly version: number; readonly now: LabTime },
  gone: AbortSignal,
): AsyncGenerator<readonly OutputChunk[], void, undefined> {
  const { container, version, now } = seen;
  const printing = new Printing(container, now);
  const left = new AbortController();
  const commits = commitsAfter(context, version, AbortSignal.any([gone, left.signal]));
  let next = commits.next();
  try {
    for (;;) {
      const printed = printing.take(context.clock());
      if (printed.length > 0) yield printed;
      if (printing.isOver || gone.aborted) return;
      const step = await beforeNext(next, context, printing.nextAt);
      if (step === null) continue;
      if (step.done === true) return;
      for (const event of step.value.events) {
        const isOwn = 'containerId' in event.data && event.data.containerId === container.id;
        if (isOwn) printing.hear(event);
      }
      next = commits.next();
    }
  } finally {
    left.abort();
  }
}

/** What comes before an instant; `null`: nothing did. */
async function beforeNext<T>(
  next: Promise<T>,
  context: EngineContext,
  at: LabTime | null,
): Promise<T | null> {
  if (at === null) return next;
  const isThere = new AbortController();
  try {
    return await Promise.race([
      next,
      pauseFor(Math.max(0, at - context.clock()), isThere.signal).then(() => null),
    ]);
  } finally {
    isThere.abort();
  }
}
