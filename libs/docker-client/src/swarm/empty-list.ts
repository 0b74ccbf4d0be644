import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { printList } from '../format/list.ts';

/** What a table of them looks like. */
export type ListHead = {
  /** Go's type of a row, as complaints name it. */
  readonly context: string;
  /** Headers by the names that templates use. */
  readonly headers: Readonly<Record<string, string>>;
  readonly table: string;
};

/**
 * Prints a list of what no engine of a lab has: services, tasks, secrets, configs.
 *
 * @throws ClientError where there is one nevertheless
 */
export const printEmptyList = (
  call: CommandCall,
  { context, headers, table }: ListHead,
  objects: readonly unknown[],
): void => {
  if (objects.length > 0) {
    throw new ClientError(`netfold: \`docker ${call.name}\` knows no lab that has any`);
  }
  const columns = Object.fromEntries(
    Object.entries(headers).map(([name, header]) => [name, { header, value: () => '' }]),
  );
  printList(call, { context, columns, table }, []);
};
