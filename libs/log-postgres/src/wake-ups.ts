import { Client } from 'pg';
import type { Pool } from 'pg';
import { clientConfig } from './connection/connection-settings.ts';
import type { ConnectionSettings } from './connection/connection-settings.ts';

const channel = 'netfold_log';
/** At most so often; each notice takes a lock of the whole server at its commit. */
const noticePauseMs = 20;
const reconnectPauseMs = 1_000;

/**
 * Tells processes that tail the log that there is something new. Only a hint that saves them a
 * pause, never data: it may be lost. Sent apart from the flush, which it would slow down.
 */
export class WakeUpSender {
  readonly #pool: Pool;
  /** Runs for a pause after each notice. */
  #timer: NodeJS.Timeout | null = null;
  #isHinted = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** At once after a quiet moment, so that a single command is seen without delay. */
  hint(): void {
    if (this.#timer !== null) {
      this.#isHinted = true;
      return;
    }
    // Nobody depends on it: the readers look for themselves before long.
    this.#pool.query('select pg_notify($1, $2)', [channel, '']).catch(() => {});
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#isHinted) return;
      this.#isHinted = false;
      this.hint();
    }, noticePauseMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

/** Hears the hints, on a connection of its own that is made anew when it is lost. */
export class WakeUpListener {
  readonly #settings: ConnectionSettings;
  readonly #onWakeUp: () => void;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(settings: ConnectionSettings, onWakeUp: () => void) {
    this.#settings = settings;
    this.#onWakeUp = onWakeUp;
  }

  async start(): Promise<void> {
    const client = new Client(clientConfig(this.#settings, 'netfold wake-ups'));
    client.on('notification', () => this.#onWakeUp());
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      // What came while nobody listened.
      this.#onWakeUp();
    } catch {
      // Without hints readers only wait a pause longer; it is tried again.
      this.#lost(client);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.end().catch(() => {});
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.start(), reconnectPauseMs);
  }
}
