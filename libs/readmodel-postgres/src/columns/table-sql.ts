import { rowKeys } from '@netfold/dataplane';
import type { TableName } from '@netfold/dataplane';
import { orderOf } from '@netfold/application';
import { columnNames, isNullable, sqlName, sqlType, tableNames, typeOf } from './columns.ts';

const quoted = (name: string): string => `"${name}"`;
const keysOf = (table: TableName): readonly string[] => rowKeys[table];

/** `sql/tables.sql`: what the golden test compares and the rebuild creates. */
export function tablesSql(): string {
  return tableNames.map(tableSql).join('\n');
}

function tableSql(table: TableName): string {
  const name = `read.${quoted(sqlName(table))}`;
  const lines = columnNames(table).map((column) => `  ${columnSql(table, column)},`);
  const keys = keysOf(table).map((key) => quoted(sqlName(key)));
  const hasNullableKey = keysOf(table).some((key) => isNullable(typeOf(table, key)));
  const key = hasNullableKey ? 'unique nulls not distinct' : 'primary key';
  const order = orderOf(table).map((column) => quoted(sqlName(column)));
  const isOrderedByKey = order.join() === keys.join();
  return [
    `create table ${name} (`,
    ...lines,
    `  ${key} (${keys.join(', ')})`,
    ');',
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
    '-- p_changes: {"<table>.remove": [row], "<table>.put": [row], …, ' +
      '"labs": [{labId, version}]}; of a',
    '-- table, what is removed comes before what is put.',
    'create or replace function read.apply_changes(p_changes json) returns void',
    'language plpgsql as $$',
    'declare',
    '  v_change record;',
    'begin',
    '  -- Each `->` reads its whole operand: the changes are taken apart in one pass.',
    '  for v_change in select key as name, value as rows from json_each(p_changes) loop',
    '    case v_change.name',
    ...tableNames.flatMap((table) => [removeSql(table), putSql(table)]),
    "    when 'labs' then",
    '      insert into read.lab_version as v (lab_id, version)',
    `      select x."labId", max(x."version")`,
    `      from json_to_recordset(v_change.rows) as x ("labId" text, "version" bigint)`,
    '      group by 1',
    '      on conflict (lab_id) do update set version = excluded.version',
    '      where v.version < excluded.version;',
    '    end case;',
    '  end loop;',
    'end;',
    '$$;',
    '',
  ].join('\n');
}

function removeSql(table: TableName): string {
  const keys = keysOf(table);
  const same = keys.map((key) => {
    const operator = isNullable(typeOf(table, key)) ? 'is not distinct from' : '=';
    return `t.${quoted(sqlName(key))} ${operator} x.${quoted(key)}`;
  });
  return [
    `    when '${table}.remove' then`,
    `      delete from read.${quoted(sqlName(table))} t`,
    `      using json_to_recordset(v_change.rows) as x (${recordSql(table, keys)})`,
    `      where ${same.join(' and ')};`,
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
  const names = all.map((column) => quoted(sqlName(column))).join(', ');
  const otherwise = sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`;
  return [
    `    when '${table}.put' then`,
    `      insert into read.${quoted(sqlName(table))} (${names})`,
    `      select ${all.map((c) => `x.${quoted(c)}`).join(', ')}`,
    `      from json_to_recordset(v_change.rows) as x (${recordSql(table, all)})`,
    `      on conflict (${conflict}) do ${otherwise};`,
  ].join('\n');
}

const recordSql = (table: TableName, names: readonly string[]): string =>
  names.map((name) => `${quoted(name)} ${sqlType(typeOf(table, name))}`).join(', ');
