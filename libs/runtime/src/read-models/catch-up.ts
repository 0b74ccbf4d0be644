import { asError } from '@netfold/application';
import type { EventLog } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { clientConfig, lockWriters, parkedLabs, unparkLab } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { projectLab } from '@netfold/readmodel-postgres';
import pg from 'pg';
import { rebuildSource } from './rebuild-source.ts';

/** Labs whose rows are behind are looked for so often; until then the fold answers for them. */
const catchUpEveryMs = 2_000;
/** A lab whose rows cannot be made is tried again after 2 s, 4 s, 8 s, and so on up to this. */
const retryMsMax = 600_000;

export type CatchUpOptions = {
  /** As the writer role. */
  readonly connection: ConnectionSettings;
  readonly log: EventLog;
  readonly onCaughtUp: (labId: LabId, version: number) => void;
  /** The rows of a lab cannot be made; its facts stand, and somebody should look. */
  readonly onProblem: (problem: string, cause: Error | null) => void;
};

/** Makes the rows of labs that fell behind their facts anew, one lab at a time. */
export class CatchUp {
  readonly #of: CatchUpOptions;
  readonly #failures = new Map<LabId, { readonly count: number; readonly until: number }>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(of: CatchUpOptions) {
    this.#of = of;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => this.start());
    }, catchUpEveryMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  /** Never throws: the database may be away for a moment, and the next round asks again. */
  async #round(): Promise<void> {
    const client = new pg.Client(clientConfig(this.#of.connection, 'netfold catch-up'));
    client.on('error', () => {}); // Told by the query that it breaks.
    try {
      await client.connect();
      for (const { labId } of await parkedLabs(client)) {
        if (!this.#isStopped && this.#isDue(labId)) await this.#project(client, labId);
      }
    } catch (cause) {
      this.#of.onProblem('labs that are behind could not be looked for', asError(cause));
    } finally {
      await client.end().catch(() => {}); // It was never connected.
    }
  }

  #isDue(labId: LabId): boolean {
    return (this.#failures.get(labId)?.until ?? 0) <= performance.now();
  }

  async #project(client: pg.Client, labId: LabId): Promise<void> {
    try {
      this.#of.onCaughtUp(labId, await makeRowsAnew(client, this.#of.log, labId));
      this.#failures.delete(labId);
    } catch (cause) {
      const count = (this.#failures.get(labId)?.count ?? 0) + 1;
      const pause = Math.min(catchUpEveryMs * 2 ** (count - 1), retryMsMax);
      this.#failures.set(labId, { count, until: performance.now() + pause });
      this.#of.onProblem(`the rows of ${labId} cannot be made`, asError(cause));
    }
  }
}

/**
 * Makes the rows of a parked lab anew from the log; writers wait meanwhile.
 *
 * @param client as the role `netfold_writer`
 * @returns the version that its rows show now, 0 when the log has no such lab
 * @throws when they cannot be made: the lab stays parked
 */
export async function makeRowsAnew(
  client: pg.Client,
  log: EventLog,
  labId: LabId,
): Promise<number> {
  await client.query('begin');
  try {
    await lockWriters(client);
    const head = await log.findLab(labId);
    const fold = head === null ? null : await rebuildSource(log).fold(head);
    if (fold !== null) await projectLab(client, 'read', fold);
    await unparkLab(client, labId);
    await client.query('commit');
    return fold?.version ?? 0;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
