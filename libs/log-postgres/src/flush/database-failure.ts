import { DatabaseError } from 'pg';

/** What a failed statement means for what it was to write. */
export type DatabaseFailure =
  /** The flush was refused as a whole, for a reason of its own. */
  | { readonly kind: 'duplicate' | 'stale' }
  /** Surely nothing was written; the data is not to blame. */
  | { readonly kind: 'unavailable' }
  /** Surely nothing was written; something in the data, or in our SQL, is to blame. */
  | { readonly kind: 'refused' }
  /** The server may have committed before the connection ended. */
  | { readonly kind: 'unknown' };

const duplicate = 'NF002';
const stale = 'NF004';
/** The row models are behind what the writer thought: repeated lab by lab, like a refusal. */
const behind = 'NF003';

/**
 * Classes of SQLSTATE (errcodes.txt) that say nothing about the data: transaction state, rollback,
 * resources (disk full, too many connections), lock not available, timeouts, I/O.
 */
const unavailable = /^(?:25|40|53|55|58)|^57014$/;
/** Connection exceptions and the server's own end, which may come after its commit. */
const ambiguous = /^(?:08|57)/;

export function databaseFailure(error: unknown): DatabaseFailure {
  // A reply of the server has a code; everything else is the connection's end or a time-out.
  if (!(error instanceof DatabaseError) || error.code === undefined) return { kind: 'unknown' };
  if (error.code === duplicate) return { kind: 'duplicate' };
  if (error.code === stale) return { kind: 'stale' };
  if (error.code === behind) return { kind: 'refused' };
  if (unavailable.test(error.code)) return { kind: 'unavailable' };
  return { kind: ambiguous.test(error.code) ? 'unknown' : 'refused' };
}
