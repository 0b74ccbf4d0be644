import { StoreUnavailable } from '@netfold/application';
import { NetfoldProblem } from '@netfold/configuration';
import { TransportFailed } from '@netfold/log-kafka';

/** Problems that end when another process of the installation has started. */
const problemsOfOrder: ReadonlySet<string> = new Set(['NF1304', 'NF1503']);

/** Of a database whose schema is absent, or older than this build. */
const notSetUp: ReadonlySet<string> = new Set(['3F000', '42P01', '42703', '42883']);
/** Of a server without the database, the login, its password, its role or its rights. */
const notLetIn: ReadonlySet<string> = new Set(['22023', '28000', '28P01', '3D000', '42501']);
const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

/**
 * What a service cannot start without, when it may come by itself: the processes of an
 * installation are started together, in no order.
 *
 * @returns `null` for what waiting does not mend
 */
export function notThereYet(error: unknown): string | null {
  if (error instanceof StoreUnavailable) return away(error.cause);
  if (error instanceof TransportFailed) return `Kafka is not there yet: ${reasonOf(error)}`;
  if (error instanceof NetfoldProblem) {
    const { code, problem, cause } = error.problem;
    return problemsOfOrder.has(code) ? `${problem}: ${cause}` : null;
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  if (unreachable.has(code)) return away(error);
  if (notSetUp.has(code)) return `a database is not set up yet: ${error.message}`;
  if (notLetIn.has(code)) return `a database lets this service not in yet: ${error.message}`;
  return null;
}

const away = (cause: unknown): string => `a database does not answer: ${reasonOf(cause)}`;

/** Several attempts at one address fail without a text of their own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
