import {
  appendFileSync,
  closeSync,
  fsync,
  fsyncSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';

/** What a client sent or saw, in the order of its own time. */
export type JournalLine =
  | {
      readonly what: 'sent';
      readonly at: number;
      readonly id: string;
      readonly lab: string;
      /** The container that the command names, as `host/name`; `null`: none. */
      readonly container: string | null;
    }
  /** One attempt at a command; `url` is that of the server, or `kafka`. */
  | {
      readonly what: 'tried';
      readonly at: number;
      readonly id: string;
      readonly lab: string;
      readonly url: string;
    }
  | {
      readonly what: 'answered';
      readonly at: number;
      readonly id: string;
      readonly lab: string;
      /** Who told: the answer's form differs between them. */
      readonly by: 'graphql' | 'outcomes' | 'command';
      /** Code of the refusal; `null`: accepted. */
      readonly refusal: string | null;
      readonly position: number | null;
      readonly version: number;
      readonly answer: string;
    }
  | {
      readonly what: 'unknown';
      readonly at: number;
      readonly id: string;
      readonly lab: string;
      /** What came instead of an answer: the code of an error, or `noConnection`. */
      readonly reason: string;
    }
  /** A subscription showed a commit; `session` counts its connections. */
  | {
      readonly what: 'saw';
      readonly at: number;
      readonly lab: string;
      readonly session: number;
      readonly version: number;
      readonly commandId: string;
    }
  /** A query that demanded `wanted` showed `version` and these containers, as `host/name`. */
  | {
      readonly what: 'read';
      readonly at: number;
      readonly lab: string;
      readonly wanted: number;
      /** It asked for the lab as of that very version. */
      readonly isExact: boolean;
      readonly version: number;
      readonly containers: readonly string[];
    }
  /** A process was killed. `url`: of a gateway, whose own commands count as in flight. */
  | {
      readonly what: 'killed';
      readonly at: number;
      readonly service: string;
      readonly url: string | null;
    };

/** What a client writes is on the disk before it goes on; lines that come together share a trip. */
export class Journal {
  readonly #file: number;
  #syncing: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(path: string) {
    appendFileSync(path, '');
    this.#file = openSync(path, 'a');
  }

  /** Resolves when the line is on the disk. Lines stand in the order of the calls. */
  write(line: JournalLine): Promise<void> {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    // A trip that has begun may have missed it.
    this.#next ??= (this.#syncing ?? Promise.resolve()).then(() => this.#sync());
    return this.#next;
  }

  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #sync(): Promise<void> {
    this.#next = null;
    this.#syncing = new Promise((resolve, reject) => {
      fsync(this.#file, (error) => (error === null ? resolve() : reject(error)));
    });
    return this.#syncing;
  }
}

export function readJournal(path: string): readonly JournalLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalLine);
}
