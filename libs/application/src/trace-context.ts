/** Version, trace, parent and flags; behind a newer version more may follow. */
const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ofVersion00 = '00';
/** Never a version. */
const versionForbidden = 'ff';
const allZero = /^0+$/;
/** The only flag of version 00: the trace is recorded. */
const sampled = 0x01;

/**
 * The trace that a request belongs to, as its header `traceparent` says. What a newer version wrote
 * is given as version 00, which is all that is understood here.
 *
 * @param text  the header; several headers of the name are no trace
 * @returns `null` for what is no trace context: as the recommendation says, it is then ignored
 * @source W3C Trace Context §3.2.2, §4.3
 */
export function traceparentOf(text: string | readonly string[] | undefined): string | null {
  if (typeof text !== 'string') return null;
  const [, version, trace = '', parent = '', flags = '', more] = form.exec(text) ?? [];
  if (version === undefined || version === versionForbidden) return null;
  if (allZero.test(trace) || allZero.test(parent)) return null;
  if (version === ofVersion00) return more === undefined ? text : null;
  const known = Number.parseInt(flags, 16) & sampled;
  return `${ofVersion00}-${trace}-${parent}-0${known}`;
}
