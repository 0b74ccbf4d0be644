/** Version, trace, parent and flags, as W3C Trace Context writes them. */
const form = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** @returns `null` for what is no trace context: as the recommendation says, it is then ignored */
export const traceparentOf = (text: string | undefined): string | null =>
  text !== undefined && form.test(text) ? text : null;
