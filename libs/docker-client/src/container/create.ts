import { ClientError, usageExitCode } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { readJsonMessages } from '../image/json-messages.ts';
import {
  anyReferenceProblem,
  familiarName,
  familiarReference,
  isOfDefaultRegistry,
  readReference,
  tagOrDigest,
  withDefaultTag,
} from '../image/reference.ts';
import type { ImageReference } from '../image/reference.ts';
import {
  defaultRegistryOf,
  noCredentials,
  referenceOf,
  refuseContentTrust,
} from '../image/registry-access.ts';
import { createBodyOf } from './settings/create-body.ts';
import type { CreateBody } from './settings/create-body.ts';
import { readPlatform } from './settings/platform.ts';
import { hiddenRunFlags, runChecks } from './settings/run-flags.ts';

const windowsFlags = ['cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'];

/** @throws ClientError @source docker/cli v20.10 cmd/docker/docker.go areFlagsSupported */
export const refuseWindowsFlags = ({ flags }: CommandCall): void => {
  const told = windowsFlags
    .filter((name) => flags.isSet(name))
    .map(
      (name) =>
        `"--${name}" is only supported on a Docker daemon running on windows, ` +
        'but the Docker daemon is running on linux',
    );
  if (told.length > 0) throw new ClientError(told.join('\n'));
};

/**
 * A mistake as `docker run` and `docker create` tell it.
 *
 * @param command  `run` or `create`
 * @source docker/cli v20.10 cli/command/container/run.go reportError
 */
export const reported = (
  command: string,
  message: string,
  { exitCode = usageExitCode, isHelpNamed = true } = {},
): ClientError => {
  const sentence = `docker: ${message.replace(/\.$/, '')}.`;
  const help = isHelpNamed ? `\nSee 'docker ${command} --help'.` : '';
  return new ClientError(`${sentence}${help}`, exitCode);
};

/** The body that a line stands for. @throws ClientError of code 125 */
export const readCreateBody = (
  call: CommandCall,
  command: string,
  isDetached: boolean,
): CreateBody => {
  try {
    return createBodyOf(call, isDetached);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw reported(command, error.message);
  }
};

/** @source docker/cli v20.10 cli/command/container/create.go runCreate */
export const create: Command = {
  words: atLeast(1),
  stopsAtWord: true,
  hidden: hiddenRunFlags,
  checks: runChecks,
  run: (call) => {
    refuseWindowsFlags(call);
    const body = readCreateBody(call, 'create', false);
    call.out.line(createContainer(call, body));
  },
};

/**
 * Has the engine make a container, after a pull where its image is missing.
 *
 * @returns its id
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/container/create.go createContainer
 */
export const createContainer = (call: CommandCall, body: CreateBody): string => {
  const { engine, environment, flags, out } = call;
  warnOfSettings(call, body);
  refuseIdFile(call);
  const reference = namedReference(body.Image);
  if (reference !== null && reference.digest === '') refuseContentTrust(call);
  const given = flags.text('platform', environment.get('DOCKER_DEFAULT_PLATFORM') ?? '');
  const platform = given === '' ? undefined : readPlatform(given);
  const pull = flags.text('pull', 'missing');
  if (pull === 'always') pullImage(call, body.Image, given);
  const name = flags.text('name');
  const query = { name: name === '' ? undefined : name, platform };
  const request = { method: 'POST', path: pathWith('/containers/create', query), body } as const;
  let reply = engine.reply(request);
  if (reply.status === 404 && reference !== null && pull === 'missing') {
    out.warn(`Unable to find image '${familiarReference(withDefaultTag(reference))}' locally`);
    pullImage(call, body.Image, given);
    reply = engine.reply(request);
  }
  if (reply.status >= 400) throw new ClientError(refusalText(reply));
  const { Id, Warnings } = JSON.parse(reply.text) as Created;
  for (const warning of Warnings ?? []) out.warn(`WARNING: ${warning}`);
  return Id;
};

type Created = { readonly Id: string; readonly Warnings: readonly string[] | null };

const warnOfSettings = ({ flags, out }: CommandCall, { HostConfig }: CreateBody): void => {
  if (flags.isOn('oom-kill-disable') && HostConfig['Memory'] === 0) {
    out.warn(
      'WARNING: Disabling the OOM killer on containers without setting a ' +
        "'-m/--memory' limit may be dangerous.",
    );
  }
  const servers = HostConfig['Dns'] as readonly string[];
  const local = servers.find((one) => /((127\.([0-9]{1,3}\.){2}[0-9]{1,3})|(::1)$)/.test(one));
  if (local !== undefined) {
    out.warn(`WARNING: Localhost DNS setting (--dns=${local}) may fail in containers.`);
  }
};

const refuseIdFile = ({ flags, readFile }: CommandCall): void => {
  const file = flags.text('cidfile');
  if (file === '') return;
  if (readFile(file) !== null) {
    throw new ClientError(
      `container ID file found, make sure the other container isn't running or delete ${file}`,
    );
  }
  throw new ClientError(`netfold: a lab host keeps no files, so ${file} cannot be written`);
};

/** `null`: an id or a digest, which no registry is asked for. @throws ClientError */
const namedReference = (image: string): ImageReference | null => {
  const problem = anyReferenceProblem(image);
  if (problem !== null) throw new ClientError(problem);
  const isDigest = /^[a-z0-9]+:[a-f0-9]{64,}$/.test(image);
  const read = readReference(image);
  return isDigest || 'problem' in read ? null : read;
};

/** How it goes is shown on stderr: stdout is the container's. */
const pullImage = ({ engine, out }: CommandCall, image: string, platform: string): void => {
  const reference = referenceOf(image);
  if (isOfDefaultRegistry(reference)) defaultRegistryOf(engine);
  const path = pathWith('/images/create', {
    fromImage: familiarName(reference),
    tag: tagOrDigest(reference),
    platform: platform === '' ? undefined : platform.toLowerCase(),
  });
  const headers = { 'X-Registry-Auth': noCredentials };
  const { text, failure } = readJsonMessages(engine.done({ method: 'POST', path, headers }).text);
  if (text !== '') out.warn(text.replace(/\n$/, ''));
  if (failure !== null) throw new ClientError(failure.message);
};
