import { readFileSync } from 'node:fs';
import { NetfoldProblem, defaultDataFolder, filesOf } from '@netfold/configuration';
import type { CliInput } from './cli-command.ts';

/** Where the server is, and what opens it. */
export type ServerAccess = { readonly url: string; readonly token: string };

type Found = Pick<CliInput, 'values' | 'environment'>;

/**
 * Finds the server: `NETFOLD_URL` with `NETFOLD_TOKEN`, else the files of its data folder.
 * @throws NetfoldProblem when neither is there
 */
export function findServer({ values, environment }: Found): ServerAccess {
  const { NETFOLD_URL: url, NETFOLD_TOKEN: token, NETFOLD_DATA: data } = environment;
  const given = values['data'];
  if (url !== undefined && !isLocal({ values, environment })) {
    if (token !== undefined) return { url: url.replace(/\/(graphql)?$/, ''), token };
    throw notFound('NETFOLD_URL is set, but NETFOLD_TOKEN is not', 'set NETFOLD_TOKEN as well');
  }
  const folder = typeof given === 'string' ? given : (data ?? defaultDataFolder(environment));
  const files = filesOf(folder);
  const server = readText(files.server);
  const secret = readText(files.token);
  if (server === null || secret === null) {
    throw notFound(
      `no server says in ${files.root} that it runs`,
      'start one with `netfold up`, or name its folder with --data',
    );
  }
  return { url: (JSON.parse(server) as { url: string }).url, token: secret.trim() };
}

/** Whether the server is found by its data folder, whose owner is its operator. */
export const isLocal = ({ values, environment }: Found): boolean =>
  values['data'] !== undefined || environment['NETFOLD_URL'] === undefined;

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Absent or not ours to read: for the caller both mean "no server here".
  }
}

const notFound = (cause: string, fix: string): NetfoldProblem =>
  new NetfoldProblem({ code: 'NF1101', problem: 'no Netfold server was found', cause, fix });
