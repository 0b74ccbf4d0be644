import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contributionOf, labEntities } from '@netfold/dataplane';
import type { LabVersion } from '@netfold/application';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { sqlName } from '../columns/columns.ts';
import { labVersionText, rowText } from '../columns/row-text.ts';

/**
 * Text that is gathered before it is sent: a `copy` per table and so much text costs little, and
 * what is gathered does not live long enough to be moved by the garbage collector.
 */
const gatheredCharactersMax = 2 * 1024 * 1024;

/**
 * Fills bare tables with the rows of whole labs by `copy`, each row once. What was gathered is sent
 * while the next rows are made.
 */
export class BulkRows {
  readonly #client: ClientBase;
  readonly #schema: string;
  #lines = new Map<string, string[]>();
  #characters = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(client: ClientBase, schema: string) {
    this.#client = client;
    this.#schema = schema;
  }

  /** @returns how many rows the lab has */
  async add({ lab, labId, tenantId, version }: LabVersion): Promise<number> {
    this.#gather('labVersion', labVersionText({ labId, version }));
    if (lab.state !== 'active') return 0;
    let rows = 0;
    for (const entity of labEntities(lab)) {
      for (const { table, row } of contributionOf({ lab, labId, tenantId }, entity)) {
        this.#gather(table, rowText(table, row));
        rows += 1;
      }
      if (this.#characters >= gatheredCharactersMax) await this.#send();
    }
    return rows;
  }

  /** Sends what is left and waits until all of it has arrived. */
  async end(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  #gather(table: string, line: string): void {
    const lines = this.#lines.get(table);
    if (lines === undefined) this.#lines.set(table, [line]);
    else lines.push(line);
    this.#characters += line.length;
  }

  /** Waits for what was sent before: the connection carries one `copy` at a time. */
  async #send(): Promise<void> {
    await this.#sending;
    const gathered = this.#lines;
    this.#lines = new Map();
    this.#characters = 0;
    this.#sending = this.#copyAll(gathered);
    this.#sending.catch(() => {}); // Told to who sends next, or ends.
  }

  async #copyAll(gathered: ReadonlyMap<string, readonly string[]>): Promise<void> {
    for (const [table, lines] of gathered) {
      const text = `copy ${this.#schema}."${sqlName(table)}" from stdin (format csv, escape '\\')`;
      const target = this.#client.query(copyFrom(text));
      await pipeline(Readable.from([Buffer.from(`${lines.join('\n')}\n`)]), target);
    }
  }
}
