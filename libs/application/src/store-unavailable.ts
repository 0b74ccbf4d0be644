/**
 * The database does not answer at the moment. Reads can be asked again; a command that ended so may
 * have been carried out: repeated with its id, it gets its answer.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  constructor(cause: unknown) {
    super('the database does not answer at the moment; ask again, a command with its id', {
      cause,
    });
  }
}

/** SQLSTATE classes that speak of the server, not of the statement: connection, resources, end. */
const ofServer = /^(?:08|53|57|58)/;

/** An error of a database client: `StoreUnavailable` when the statement is not to blame. */
export function storeFailure(error: unknown): unknown {
  const isReply = error instanceof Error && 'severity' in error && 'code' in error;
  if (isReply && !ofServer.test(String(error.code))) return error;
  // Anything but a reply is the end of a connection, or one that could not be had.
  return error instanceof Error ? new StoreUnavailable(error) : error;
}
