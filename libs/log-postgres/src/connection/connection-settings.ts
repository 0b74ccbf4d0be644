import type { ClientConfig, PoolConfig } from 'pg';

/** How to reach PostgreSQL, and as whom. */
export type ConnectionSettings = Pick<
  ClientConfig,
  'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'
> & {
  /** Takes on this role after logging in, e.g. `netfold_writer`; unless the user is that role. */
  readonly role?: string;
};

/** The driver waits for ever unless told otherwise. */
const connectMsMax = 2_000;
/** The longest a statement may run; a flush takes milliseconds. */
const statementMsMax = 10_000;
/** A claim waits so long for a flush that is still under way. */
const lockMsMax = 5_000;
/** When the server says nothing for so long after its own limit, the connection is given up. */
const replyMsMax = 15_000;
const idleInTransactionMsMax = 5_000;

/** Settings of every connection to the log; limits on both sides, so that nothing hangs. */
export function clientConfig(
  settings: ConnectionSettings,
  application: string,
  more: Readonly<Record<string, string>> = {},
): ClientConfig {
  const { role, ...rest } = settings;
  const server = {
    jit: 'off',
    timezone: 'UTC',
    idle_session_timeout: '0',
    ...(role === undefined ? {} : { role }),
    ...more,
  };
  return {
    ...rest,
    options: Object.entries(server)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    application_name: application,
    connectionTimeoutMillis: connectMsMax,
    statement_timeout: statementMsMax,
    lock_timeout: lockMsMax,
    idle_in_transaction_session_timeout: idleInTransactionMsMax,
    query_timeout: replyMsMax,
    keepAlive: true,
  };
}

/**
 * A flush finds every row by its key. Its plans are made once, often while the tables are still
 * empty, when a scan looks cheaper; kept, such a plan reads whole tables later on.
 */
export const plansByKey: Readonly<Record<string, string>> = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

/** Readers of the log: look-ups, replays, audits. */
const poolConnectionsMax = 4;

export const poolConfig = (settings: ConnectionSettings, application: string): PoolConfig => ({
  ...clientConfig(settings, application),
  max: poolConnectionsMax,
  idleTimeoutMillis: 30_000,
});
