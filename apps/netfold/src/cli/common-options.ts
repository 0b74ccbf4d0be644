import type { CliOptions } from './cli-command.ts';

/** Every command understands these. */
export const commonOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies CliOptions;

export const commonHelp: Readonly<Record<string, string>> = {
  data: 'data folder of the server to talk to (else NETFOLD_DATA, or NETFOLD_URL + NETFOLD_TOKEN)',
  json: 'print JSON for programs',
  help: 'show this help',
};
