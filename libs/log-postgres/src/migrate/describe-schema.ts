import type { ClientBase } from 'pg';

/** What each part of a schema is made of, in a stable order; one text column `line`. */
const queries = [
  `select format('%s %s: %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = $1::regnamespace and c.relkind = 'r'
    order by c.relname, a.attnum`,
  `select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line
    from pg_constraint where connamespace = $1::regnamespace and contype <> 'n'
    order by conrelid::regclass::text, conname`,
  `select indexdef as line from pg_indexes where schemaname = $1 order by indexname`,
  `select format('row level security of %s: %s%s', relname,
      case when relrowsecurity then 'on' else 'off' end,
      case when relforcerowsecurity then ', forced' else '' end) as line
    from pg_class where relnamespace = $1::regnamespace and relkind = 'r' order by relname`,
  `select format('policy %s on %s for %s to %s using %s with check %s', policyname, tablename, cmd,
      array_to_string(roles, ', '), coalesce(qual, '-'), coalesce(with_check, '-')) as line
    from pg_policies where schemaname = $1 order by tablename, policyname`,
  `select format('grant %s on %s to %s', string_agg(privilege_type, ', ' order by privilege_type),
      table_name, grantee) as line
    from information_schema.role_table_grants
    where table_schema = $1 and grantee like 'netfold_%' and grantee <> 'netfold_owner'
    group by table_name, grantee order by table_name, grantee`,
  `select format('grant %s of %s on %s to %s', g.privilege_type, a.attname, c.relname,
      g.grantee::regrole) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    cross join aclexplode(a.attacl) g
    where c.relnamespace = $1::regnamespace and c.relkind = 'r' order by line`,
  `select format('function %s (%s) returns %s', p.proname, pg_get_function_arguments(p.oid),
      pg_get_function_result(p.oid)) as line
    from pg_proc p where p.pronamespace = $1::regnamespace order by p.proname`,
] as const;

/** A schema as text, so that the effect of every migration shows in review. */
export async function describeSchema(client: ClientBase, schema: string): Promise<string> {
  const parts: string[] = [];
  for (const query of queries) {
    const { rows } = await client.query<{ line: string }>(query, [schema]);
    parts.push(rows.map(({ line }) => line).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}
