import type { UnmatchedOutcome } from '@netfold/application';
import type { Pool } from 'pg';

/** Rows that are compared at a time, so that an audit holds no long transaction. */
const rowsPerPage = 20_000;

type Row = {
  /** Where the page goes on. */
  readonly first: string;
  readonly second: string;
  readonly tenant_id: string;
  readonly command_id: string;
  readonly is_matched: boolean;
};

/** Outcomes whose commit is missing, and commits whose outcome is missing, at most `limit`. */
export async function unmatchedOutcomes(
  pool: Pool,
  limit: number,
): Promise<readonly UnmatchedOutcome[]> {
  const outcomes = await unmatched(pool, outcomesText, ['', '']);
  const commits = await unmatched(pool, commitsText, ['', '0']);
  return [
    ...outcomes.map((of) => ({ kind: 'outcomeWithoutCommit' as const, ...of })),
    ...commits.map((of) => ({ kind: 'commitWithoutOutcome' as const, ...of })),
  ].slice(0, limit);
}

async function unmatched(pool: Pool, text: string, from: readonly [string, string]) {
  const found: { readonly tenantId: string; readonly commandId: string }[] = [];
  let after = from;
  for (;;) {
    const { rows } = await pool.query<Row>(text, [...after, rowsPerPage]);
    for (const { tenant_id: tenantId, command_id: commandId, is_matched: isMatched } of rows) {
      if (!isMatched) found.push({ tenantId, commandId });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return found;
    after = [last.first, last.second];
  }
}

const outcomesText = `
  select o.tenant_id as first, o.command_id as second, o.tenant_id, o.command_id,
    o.position is null or c.position is not null as is_matched
  from (
    select * from log.command_outcome
    where (tenant_id, command_id) > ($1, $2)
    order by tenant_id, command_id limit $3
  ) o
  left join log.commit c on c.partition = o.partition and c.position = o.position
    and c.tenant_id = o.tenant_id and c.command_id = o.command_id
  order by o.tenant_id, o.command_id`;

const commitsText = `
  select c.lab_id as first, c.lab_version::text as second, c.tenant_id, c.command_id,
    o.command_id is not null as is_matched
  from (
    select * from log.commit
    where (lab_id, lab_version) > ($1, $2::bigint)
    order by lab_id, lab_version limit $3
  ) c
  left join log.command_outcome o on o.tenant_id = c.tenant_id and o.command_id = c.command_id
    and o.partition = c.partition and o.position = c.position
  order by c.lab_id, c.lab_version`;
