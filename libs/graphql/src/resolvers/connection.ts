import type { PageOf, Where } from '@netfold/application';
import { isGiven } from '../given.ts';
import { failure } from '../failure/failure.ts';
import { limits } from '../limits/limits.ts';
import type { LabScope } from '../request/lab-scope.ts';
import { rowObject, tableOfType } from './object.ts';
import type { RowObject, RowType } from './object.ts';

export type PageArguments = { readonly first: number; readonly after?: string | null };

export type Connection<N> = {
  readonly nodes: readonly N[];
  readonly edges: () => readonly { readonly cursor: string; readonly node: N }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: () => Promise<number> | number;
};

/** @throws BAD_PAGE_SIZE */
export function demandPageSize(first: number): void {
  if (first >= 1 && first <= limits.pageSize) return;
  throw failure('BAD_PAGE_SIZE', `\`first\` is a number from 1 to ${limits.pageSize}`);
}

/** A page of the rows of one table as objects of a type. */
export async function rowConnection<Y extends RowType>(
  type: Y,
  scope: LabScope,
  where: Where<(typeof tableOfType)[Y]>,
  args: PageArguments,
): Promise<Connection<RowObject<Y>>> {
  demandPageSize(args.first);
  const table = tableOfType[type];
  const page = await scope.reader.page(table, where, {
    first: args.first,
    after: args.after ?? null,
  });
  const nodes = page.rows.map((row) => rowObject(type, scope, row));
  return connection(nodes, page, () => scope.reader.count(table, where));
}

export function connection<N>(
  nodes: readonly N[],
  page: Pick<PageOf<unknown>, 'cursors' | 'hasNext'>,
  totalCount: () => Promise<number> | number,
): Connection<N> {
  return {
    nodes,
    edges: () => nodes.map((node, index) => ({ cursor: page.cursors[index] ?? '', node })),
    pageInfo: {
      hasNextPage: page.hasNext,
      // Cursors are made when somebody asks for one.
      get endCursor() {
        return page.cursors.at(-1) ?? null;
      },
    },
    totalCount,
  };
}

/** A page of a list that is in memory; cursors are places in it, marked with what list it is. */
export function listConnection<N>(
  list: string,
  all: readonly N[],
  args: PageArguments,
): Connection<N> {
  demandPageSize(args.first);
  const start = !isGiven(args.after) ? 0 : parseIndex(list, args.after) + 1;
  const nodes = all.slice(start, start + args.first);
  const cursors = nodes.map((_, index) => indexCursor(list, start + index));
  const hasNext = start + nodes.length < all.length;
  return connection(nodes, { cursors, hasNext }, () => all.length);
}

export const indexCursor = (list: string, index: number): string =>
  Buffer.from(`${list}:${index}`).toString('base64url');

/** @throws INVALID_CURSOR for a cursor of another list, or none at all */
export function parseIndex(list: string, cursor: string): number {
  const text = cursor.length > 64 ? '' : Buffer.from(cursor, 'base64url').toString();
  const index = text.startsWith(`${list}:`) ? Number(text.slice(list.length + 1)) : Number.NaN;
  if (Number.isSafeInteger(index) && index >= 0) return index;
  throw failure('INVALID_CURSOR', 'this is no cursor of this list');
}
