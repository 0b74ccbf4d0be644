import { createClient } from 'graphql-ws';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Journal } from './journal.ts';
import type { ServerAddress } from './graphql-post.ts';

type Seen = { readonly labCommits: { readonly version: number; readonly commandId: string } };

/** The server is asked again so long after a connection was lost. */
const pauseMs = 200;

/** A socket that is given up while it connects says so when nobody listens any more. */
class ForgivingSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    this.on('error', () => {});
  }
}

/** Follows the commits of a lab across lost connections, resuming after the last one it saw. */
export class LabWatcher {
  readonly lab: string;
  lastVersion = 0;
  sessions = 0;
  readonly #server: () => ServerAddress;
  readonly #journal: Journal;

  constructor(of: {
    readonly lab: string;
    readonly server: () => ServerAddress;
    readonly journal: Journal;
  }) {
    this.lab = of.lab;
    this.#server = of.server;
    this.#journal = of.journal;
  }

  /** Watches until told to stop. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#session(signal);
      await wait(pauseMs);
    }
  }

  async #session(signal: AbortSignal): Promise<void> {
    const { url, token } = this.#server();
    this.sessions += 1;
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      webSocketImpl: ForgivingSocket,
    });
    const stop = (): void => client.terminate();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const { data } of client.iterate<Seen>({ query: this.#query() })) {
        if (data) await this.#saw(data);
      }
    } catch {
      // The connection was lost; the next one goes on after the last commit seen.
    }
    signal.removeEventListener('abort', stop);
    await client.dispose();
  }

  #query(): string {
    const place = `lab: "${this.lab}", afterVersion: ${this.lastVersion}`;
    return `subscription { labCommits(${place}) { version commandId } }`;
  }

  async #saw({ labCommits: { version, commandId } }: Seen): Promise<void> {
    const { lab, sessions: session } = this;
    const at = performance.now();
    this.lastVersion = version;
    await this.#journal.write({ what: 'saw', at, lab, session, version, commandId });
  }
}
