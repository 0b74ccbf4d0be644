import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Journal } from '../journal.ts';
import type { ScaledInstallation, ServiceName } from './installation.ts';
import type { ScaledLoad } from './scaled-load.ts';

/** Every lab has an answer again within so long after a fault. */
const recoveryMsMax = 180_000;
const pollMs = 50;
/** Between a kill and the next, so that more is in flight. */
const calmMs = 300;

const headsText = 'select partition, head as position from log.writer_partition';
const checkpointsText = 'select partition, position from projection.checkpoint';

/** One kill and what came of it. */
export type Kill = {
  readonly service: ServiceName;
  /** Until every lab had an answer again, or, of a projector, until its rows were up to date. */
  readonly recoveryMs: number;
};

/** Kills and stops the processes of an installation under load. */
export class Nemesis {
  readonly kills: Kill[] = [];
  pauses = 0;
  readonly #installation: ScaledInstallation;
  readonly #load: ScaledLoad;
  readonly #journal: Journal;
  readonly #random: () => number;

  constructor(of: {
    readonly installation: ScaledInstallation;
    readonly load: ScaledLoad;
    readonly journal: Journal;
    readonly random: () => number;
  }) {
    this.#installation = of.installation;
    this.#load = of.load;
    this.#journal = of.journal;
    this.#random = of.random;
  }

  /** Kills these one shortly after the other and waits until all is well again. */
  async kill(services: readonly ServiceName[]): Promise<void> {
    const recoveries = services.map(async (service, index) => {
      await wait(index * calmMs * (0.5 + this.#random()));
      await this.#whenItRuns(service);
      const at = performance.now();
      this.#installation.service(service).kill();
      const url = this.#installation.urlOf(service);
      await this.#journal.write({ what: 'killed', at, service, url });
      await this.#untilWell(service);
      this.kills.push({ service, recoveryMs: performance.now() - at });
    });
    await Promise.all(recoveries);
  }

  /** SIGSTOP, and SIGCONT after a while. */
  async pause(service: ServiceName, ms: number): Promise<void> {
    await this.#whenItRuns(service);
    this.#installation.service(service).pause();
    this.pauses += 1;
    await wait(ms);
    this.#installation.service(service).resume();
    await this.#untilWell(service);
  }

  async #whenItRuns(service: ServiceName): Promise<void> {
    const deadline = performance.now() + recoveryMsMax;
    while (this.#installation.service(service).processId === null) {
      if (performance.now() > deadline) throw new Error(`${service} does not come back`);
      await wait(pollMs);
    }
  }

  async #untilWell(service: ServiceName): Promise<void> {
    await this.#load.recovery(recoveryMsMax);
    const makesRows = service.startsWith('projector') || service === 'postgres-tables';
    if (makesRows) await this.untilProjected();
    await this.#whenItRuns(service);
  }

  /** Waits until the rows show what the log has now. */
  async untilProjected(): Promise<void> {
    const deadline = performance.now() + recoveryMsMax;
    let heads = await this.#ask('log', headsText);
    for (;;) {
      const rows = await this.#ask('tables', checkpointsText);
      const isThere = [...heads].every(([partition, head]) => (rows.get(partition) ?? 0) >= head);
      if (heads.size > 0 && isThere) return;
      if (heads.size === 0) heads = await this.#ask('log', headsText);
      if (performance.now() > deadline) throw new Error('the rows stay behind the log');
      await wait(pollMs);
    }
  }

  /** @returns positions by partition; none while the database is away */
  async #ask(database: 'log' | 'tables', text: string): Promise<ReadonlyMap<number, number>> {
    const client = new pg.Client({
      ...this.#installation[database],
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    client.on('error', () => {}); // It may be killed meanwhile.
    try {
      await client.connect();
      const { rows } = await client.query<{ partition: number; position: string }>(text);
      return new Map(rows.map(({ partition, position }) => [partition, Number(position)]));
    } catch {
      return new Map();
    } finally {
      await client.end().catch(() => {});
    }
  }
}
