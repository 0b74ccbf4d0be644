/** The networks that every engine has know no names. */
const withoutNames: ReadonlySet<string> = new Set(['bridge', 'host', 'none']);

/** Whether the embedded DNS serves the members of a network of this name. */
export const hasEmbeddedDns = (networkName: string): boolean => !withoutNames.has(networkName);
