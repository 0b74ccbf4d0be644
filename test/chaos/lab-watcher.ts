import { createClient } from 'graphql-ws';
import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import type { ServerAddress } from './lab-client.ts';

type Seen = { readonly labCommits: { readonly version: number; readonly commandId: string } };

/** Follows the commits of a lab across lost connections, resuming after the last one it saw. */
export async function watchLab(of: {
  readonly lab: string;
  readonly server: () => ServerAddress;
  readonly journal: Journal;
  readonly signal: AbortSignal;
}): Promise<void> {
  let last = 0;
  let session = 0;
  while (!of.signal.aborted) {
    session += 1;
    const { url, token } = of.server();
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      webSocketImpl: WebSocket,
    });
    const query = `subscription { labCommits(lab: "${of.lab}", afterVersion: ${last}) { version commandId } }`;
    const stop = (): void => void client.dispose();
    of.signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const { data } of client.iterate<Seen>({ query })) {
        if (!data) continue;
        const { version, commandId } = data.labCommits;
        const at = performance.now();
        of.journal.write({ what: 'saw', at, lab: of.lab, session, version, commandId });
        last = version;
      }
    } catch {
      // The connection was lost; the next one goes on after the last commit seen.
    }
    of.signal.removeEventListener('abort', stop);
    await wait(50);
  }
}
