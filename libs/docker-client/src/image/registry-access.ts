import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { StillWaiting, refusalText } from '../command/engine.ts';
import type { Engine } from '../command/engine.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';
import { isTrue } from '../command/flags.ts';
import { readReference } from './reference.ts';
import type { ImageReference } from './reference.ts';

/** `{}` in base64: a lab host's client knows no passwords. */
export const noCredentials = 'e30=';

/** @throws ClientError */
export const referenceOf = (text: string): ImageReference => {
  const read = readReference(text);
  if ('problem' in read) throw new ClientError(read.problem);
  return read;
};

/**
 * The engine tells which registry is the default one, whose password would be looked up.
 * @source docker/cli v20.10 cli/command/registry.go ElectAuthServer
 */
export const defaultRegistryOf = (engine: Engine): string => {
  const reply = engine.reply({ method: 'GET', path: '/info' });
  if (reply.status >= 400) return indexServer;
  const { IndexServerAddress = '' } = JSON.parse(reply.text) as { IndexServerAddress?: string };
  return IndexServerAddress === '' ? indexServer : IndexServerAddress;
};

const indexServer = 'https://index.docker.io/v1/';

export const notInteractive = 'Error: Cannot perform an interactive login from a non TTY device';

/**
 * Asks for what may need a login; nobody is there to type one.
 *
 * @param purpose the word of the command
 * @source docker/cli v20.10 cli/command/registry.go RegistryAuthenticationPrivilegedFunc
 */
export const askRegistry = (
  { engine, out }: CommandCall,
  call: EngineCall,
  purpose: string,
): EngineReply => {
  const headers = { 'X-Registry-Auth': noCredentials, ...call.headers };
  const reply = engine.reply({ ...call, headers });
  if (reply.status === 0) throw new StillWaiting();
  if (reply.status === 401) {
    out.print(`\nPlease login prior to ${purpose}:\n`);
    defaultRegistryOf(engine);
    throw new ClientError(notInteractive);
  }
  if (reply.status >= 400) throw new ClientError(refusalText(reply));
  return reply;
};

/**
 * Content trust needs a notary, which no lab has.
 * @throws ClientError where a line or its environment demands it
 */
export const refuseContentTrust = ({ flags, environment }: CommandCall): void => {
  const isDemanded = isTrue(environment.get('DOCKER_CONTENT_TRUST') ?? '');
  const isDisabled = isTrue(flags.text('disable-content-trust', String(!isDemanded)));
  if (!isDisabled) {
    throw new ClientError(
      'netfold: content trust needs a notary server, which a lab does not have',
    );
  }
};
