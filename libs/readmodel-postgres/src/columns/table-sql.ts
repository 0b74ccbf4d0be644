import { rowKeys } from '@netfold/dataplane';
import type { TableName } from '@netfold/dataplane';
import { orderOf } from '@netfold/application';
import { columnNames, isNullable, sqlName, sqlType, tableNames, typeOf } from './columns.ts';

const quoted = (name: string): string => `"${name}"`;
const qualified = (table: TableName): string => `read.${quoted(sqlName(table))}`;
const keysOf = (table: TableName): readonly string[] => rowKeys[table];

/** `sql/tables.sql`: the bare tables, as the rebuild fills them. */
export function tablesSql(): string {
  return tableNames.map(tableSql).join('\n');
}

function tableSql(table: TableName): string {
  const lines = columnNames(table).map((column) => `  ${columnSql(table, column)}`);
  const stored = table === 'endpointDocument' ? ` with (toast_tuple_target = ${tupleBytes})` : '';
  return [`create table ${qualified(table)} (`, lines.join(',\n'), `)${stored};`, ''].join('\n');
}

/**
 * The most that PostgreSQL takes. A document is about 2.4 kB, just above where rows begin to be
 * compressed: unpacking a host's hundred took longer than everything else about reading them.
 */
const tupleBytes = 8160;

/**
 * `sql/keys.sql`: what a filled table gets. Keys and indexes are quicker made at once than row by
 * row, and `copy` goes into no table with row level security.
 */
export function keysSql(): string {
  return tableNames.map(keySql).join('\n');
}

function keySql(table: TableName): string {
  const name = qualified(table);
  const keys = keysOf(table).map((key) => quoted(sqlName(key)));
  const hasNullableKey = keysOf(table).some((key) => isNullable(typeOf(table, key)));
  const key = hasNullableKey ? 'unique nulls not distinct' : 'primary key';
  const order = orderOf(table).map((column) => quoted(sqlName(column)));
  const isOrderedByKey = order.join() === keys.join();
  return [
    `alter table ${name} add ${key} (${keys.join(', ')});`,
    ...(isOrderedByKey ? [] : [`create index on ${name} (${order.slice(0, 3).join(', ')});`]),
    ...(table === 'lab' ? [`create index on ${name} ("tenant_id", "lab_id");`] : []),
    `alter table ${name} enable row level security;`,
    `alter table ${name} force row level security;`,
    `create policy owner on ${name} to netfold_owner using (true) with check (true);`,
    `create policy writer on ${name} to netfold_writer using (true) with check (true);`,
    `create policy reader on ${name} for select to netfold_reader using (${readable(table)});`,
    `grant select, insert, update, delete on ${name} to netfold_writer;`,
    `grant select on ${name} to netfold_reader;`,
    '',
  ].join('\n');
}

/** The policy's sub-select runs once per query, not once per row: it does not mention the row. */
const readable = (table: TableName): string =>
  table === 'lab'
    ? `"tenant_id" = ${currentTenant}`
    : `"lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = ${currentTenant})`;

/** `''` after a local setting has ended, hence the nullif. */
const currentTenant = "nullif(current_setting('netfold.tenant', true), '')";

function columnSql(table: TableName, column: string): string {
  const type = typeOf(table, column);
  const collation = sqlType(type) === 'text' ? ' collate "C"' : '';
  const nullability = isNullable(type) ? '' : ' not null';
  return `${quoted(sqlName(column))} ${sqlType(type)}${collation}${nullability}`;
}

/** `sql/functions/apply_changes.sql`: a delta of any number of commits, netted by key. */
export function applyChangesSql(): string {
  return [
    '-- Applies the changes of one flush: first what is gone, then what stands, table by table.',
    '-- p_changes: runs of a name, a count and so many rows, each a value of the row type of its',
    '-- table: `<table>.remove` (of which the key counts), `<table>.add` for rows that are surely',
    '-- new, which spares a look for them, `<table>.put` for all others, and `labs` with their',
    '-- versions; of a table, what is removed comes first.',
    'create or replace function read.apply_changes(p_changes text[]) returns void',
    'language plpgsql as $$',
    'declare',
    '  v_at integer := 1;',
    '  v_count integer;',
    '  v_rows text[];',
    'begin',
    '  while v_at < cardinality(p_changes) loop',
    '    v_count := p_changes[v_at + 1]::integer;',
    '    v_rows := p_changes[v_at + 2 : v_at + 1 + v_count];',
    '    case p_changes[v_at]',
    ...tableNames.flatMap((table) => [removeSql(table), addSql(table), putSql(table)]),
    "    when 'labs' then",
    '      insert into read.lab_version as v (lab_id, version)',
    '      select x.lab_id, max(x.version)',
    '      from unnest(v_rows::read.lab_version[]) x',
    '      group by 1',
    '      on conflict (lab_id) do update set version = excluded.version',
    '      where v.version < excluded.version;',
    '    end case;',
    '    v_at := v_at + 2 + v_count;',
    '  end loop;',
    'end;',
    '$$;',
    '',
  ].join('\n');
}

function removeSql(table: TableName): string {
  const same = keysOf(table).map((key) => {
    const operator = isNullable(typeOf(table, key)) ? 'is not distinct from' : '=';
    return `t.${quoted(sqlName(key))} ${operator} x.${quoted(sqlName(key))}`;
  });
  const name = qualified(table);
  return [
    `    when '${table}.remove' then`,
    `      delete from ${name} t`,
    `      using unnest(v_rows::${name}[]) x`,
    `      where ${same.join(' and ')};`,
  ].join('\n');
}

function addSql(table: TableName): string {
  const name = qualified(table);
  return [
    `    when '${table}.add' then`,
    `      insert into ${name} select * from unnest(v_rows::${name}[]);`,
  ].join('\n');
}

function putSql(table: TableName): string {
  const all = columnNames(table);
  const keys = keysOf(table);
  const values = all.filter((column) => !keys.includes(column));
  const sets = values.map(
    (column) => `${quoted(sqlName(column))} = excluded.${quoted(sqlName(column))}`,
  );
  const conflict = keys.map((key) => quoted(sqlName(key))).join(', ');
  const otherwise = sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`;
  const name = qualified(table);
  return [
    `    when '${table}.put' then`,
    `      insert into ${name}`,
    `      select * from unnest(v_rows::${name}[])`,
    `      on conflict (${conflict}) do ${otherwise};`,
  ].join('\n');
}
