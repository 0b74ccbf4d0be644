import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, 'cutter-main.ts');

/** What the cutter is told to do, and what it tells. */
export type CutterOrder = { readonly cutShare: number };
export type CutterNews = { readonly cutsBefore: number; readonly cutsAfter: number };

/** A `CommitCutter` in a process of its own: a busy test must not slow the database down. */
export class CutterProcess {
  #news: CutterNews = { cutsBefore: 0, cutsAfter: 0 };
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (news: CutterNews) => {
      this.#news = news;
    });
  }

  /** @param of  paths of the sockets of PostgreSQL and of the proxy */
  static async start(of: {
    readonly upstream: string;
    readonly path: string;
    readonly seed: number;
  }): Promise<CutterProcess> {
    const child = fork(main, [of.upstream, of.path, String(of.seed)]);
    const cutter = new CutterProcess(child);
    // Its first news are that it listens.
    await once(child, 'message');
    return cutter;
  }

  set cutShare(cutShare: number) {
    const order: CutterOrder = { cutShare };
    this.#child.send(order);
  }

  get cutsBefore(): number {
    return this.#news.cutsBefore;
  }

  get cutsAfter(): number {
    return this.#news.cutsAfter;
  }

  get cuts(): number {
    return this.cutsBefore + this.cutsAfter;
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
