import type { RowChange } from '@netfold/dataplane';
import type pg from 'pg';

type Statements = { readonly put: string; readonly remove: string };

/**
 * A projection as it is commonly written: one upsert or delete per row, each a statement of its
 * own, a thousand events to a transaction.
 */
export class RowWiseTables {
  readonly #client: pg.Client;
  readonly #schema: string;
  readonly #statements = new Map<string, Statements>();

  constructor(client: pg.Client, schema: string) {
    this.#client = client;
    this.#schema = schema;
  }

  async apply({ table, op, row }: RowChange): Promise<void> {
    const name = snakeCase(table);
    const statements = this.#statements.get(name) ?? (await this.#prepare(name));
    const columns = Object.entries(row).map(([key, value]) => [snakeCase(key), value]);
    await this.#client.query({
      name: `${op} ${name}`,
      text: statements[op],
      values: [JSON.stringify(Object.fromEntries(columns))],
    });
  }

  async #prepare(table: string): Promise<Statements> {
    const qualified = `${this.#schema}."${table}"`;
    const { rows: all } = await this.#client.query<{ name: string }>(
      'select attname as name from pg_attribute where attrelid = $1::regclass' +
        ' and attnum > 0 and not attisdropped order by attnum',
      [qualified],
    );
    const { rows: keys } = await this.#client.query<{ name: string }>(
      'select a.attname as name from pg_index i join pg_attribute a' +
        ' on a.attrelid = i.indrelid and a.attnum = any(i.indkey)' +
        ' where i.indrelid = $1::regclass and i.indisunique order by a.attnum',
      [qualified],
    );
    const quoted = (name: string): string => `"${name}"`;
    const keyNames = keys.map(({ name }) => name);
    const sets = all
      .filter(({ name }) => !keyNames.includes(name))
      .map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
    const row = `json_populate_record(null::${qualified}, $1)`;
    const same = keyNames.map((key) => `t.${quoted(key)} is not distinct from x.${quoted(key)}`);
    const statements: Statements = {
      put:
        `insert into ${qualified} select * from ${row}` +
        ` on conflict (${keyNames.map(quoted).join(', ')}) do ` +
        (sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`),
      remove: `delete from ${qualified} t using ${row} x where ${same.join(' and ')}`,
    };
    this.#statements.set(table, statements);
    return statements;
  }
}

const snakeCase = (name: string): string =>
  name.replace('IPv6', 'Ipv6').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
