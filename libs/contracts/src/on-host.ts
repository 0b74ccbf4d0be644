import type { HostName } from './ids.ts';

/** Every fact but those of the lab itself happens on one simulated host. */
export type OnHost = { readonly host: HostName };
