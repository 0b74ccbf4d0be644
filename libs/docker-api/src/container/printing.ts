import type { LabEvent, LabTime, OutputChunk } from '@netfold/contracts';
import { printedOutput, resumedOutput } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import type { EngineContext } from '../engine/engine-context.ts';
import { commitsAfter } from '../stream/commits.ts';
import { pauseFor } from '../stream/pace.ts';

/** What the main process of a container is yet to print. */
class Printing {
  #toCome: Pick<Container, 'output' | 'pausedAt'>;
  /** Its run is over, or the container gone. */
  isOver = false;

  constructor(container: Container, now: LabTime) {
    this.#toCome = container;
    this.take(now);
  }

  hear(event: LabEvent): void {
    const { output } = this.#toCome;
    switch (event.type) {
      case 'ContainerPrinted':
        this.#change({ output: [...output, ...event.data.chunks] });
        break;
      case 'ContainerPaused':
        this.#change({ pausedAt: event.data.at ?? null });
        break;
      case 'ContainerUnpaused':
        this.#change({ output: resumedOutput(this.#toCome, event.data.at), pausedAt: null });
        break;
      case 'ContainerExited':
        this.#change({ output: printedOutput(this.#toCome, event.data.finishedAt) });
        this.#end();
        break;
      case 'ContainerRemoved':
        // `--rm` comes right behind the end, and takes away nothing that was printed.
        if (!this.isOver) this.#change({ output: [] });
        this.#end();
        break;
      default:
    }
  }

  /** What has been printed by now and was not taken before. */
  take(now: LabTime): readonly OutputChunk[] {
    const { output } = this.#toCome;
    const printed = this.isOver ? output : printedOutput(this.#toCome, now);
    if (printed.length > 0)
      this.#change({ output: output.filter((one) => !printed.includes(one)) });
    return printed;
  }

  /** When it prints next; `null`: only after something has happened. */
  get nextAt(): LabTime | null {
    const { output, pausedAt } = this.#toCome;
    return pausedAt === null ? (output[0]?.at ?? null) : null;
  }

  #end(): void {
    this.#change({ pausedAt: null });
    this.isOver = true;
  }

  #change(changes: Partial<Pick<Container, 'output' | 'pausedAt'>>): void {
    this.#toCome = { ...this.#toCome, ...changes };
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
