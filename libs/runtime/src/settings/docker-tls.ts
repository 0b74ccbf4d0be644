import { join } from 'node:path';
import { isLoopback } from './guarded.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { z } from 'zod';
import type { ReadSettings, Setting } from './settings.ts';

const hostForm = /^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/i;

/** Of the TLS listener for Docker clients elsewhere; it is off unless a port is given. */
export const dockerTlsSettings = {
  dockerTlsPort: {
    flag: 'docker-tls',
    variable: 'NETFOLD_DOCKER_TLS_PORT',
    fallback: null,
    schema: z.coerce.number().int().min(0).max(65_535).nullable(),
    expected: 'a number from 0 to 65535, such as 2376',
  },
  dockerTlsHost: {
    flag: 'docker-tls-host',
    variable: 'NETFOLD_DOCKER_TLS_HOST',
    fallback: null,
    schema: z.string().max(253).regex(hostForm).nullable(),
    expected: 'the name that clients call it by, such as labs.example.org or labs.example.org:443',
  },
  dockerTlsAddress: {
    flag: 'docker-tls-address',
    variable: 'NETFOLD_DOCKER_TLS_ADDRESS',
    fallback: '127.0.0.1',
    schema: z.union([z.ipv4(), z.ipv6()]),
    expected: 'an IP address of this machine, or 0.0.0.0 or :: for all of them',
  },
  dockerTlsFolder: {
    flag: null,
    variable: 'NETFOLD_DOCKER_TLS_FOLDER',
    fallback: null,
    schema: z.string().min(1).max(4_096).nullable(),
    expected: 'the folder of the authority that signs the certificates',
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type DoorSettings = {
  /** 0 picks a free one. */
  readonly port: number;
  readonly address: string;
  /** How clients call it, without port. */
  readonly host: string;
  /** The port that clients use; `null`: the one it listens on. */
  readonly publicPort: number | null;
  /** Of the authority. */
  readonly folder: string;
};

/**
 * @param dataFolder  has the authority unless a folder is given
 * @returns `null` when there is to be no door
 * @throws NetfoldProblem when clients could not know it by a name
 */
export function doorSettingsOf(
  read: ReadSettings<typeof dockerTlsSettings>,
  dataFolder: string,
): DoorSettings | null {
  const { dockerTlsPort: port, dockerTlsAddress: address, dockerTlsHost } = read;
  if (port === null) return null;
  if (dockerTlsHost === null && !isLoopback(address)) throw nameless(address);
  const [, host = '', publicPort] = /^(.*?)(?::(\d+))?$/.exec(dockerTlsHost ?? 'localhost') ?? [];
  return {
    port,
    address,
    host: host.replaceAll(/[[\]]/g, ''),
    publicPort: publicPort === undefined ? null : Number(publicPort),
    folder: read.dockerTlsFolder ?? join(dataFolder, 'docker-tls'),
  };
}

const nameless = (address: string): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1309',
    problem: 'Docker clients elsewhere have no name to call the TLS listener by',
    cause: `it listens on ${address}, and its certificate would name this machine alone`,
    fix: 'give the name that clients use with --docker-tls-host or NETFOLD_DOCKER_TLS_HOST',
  });
