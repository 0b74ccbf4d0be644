import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { StillWaiting, pathWith, refusalText } from '../command/engine.ts';
import { commaListProblem } from '../command/flag-checks.ts';
import { isBoolean, isTrue } from '../command/flags.ts';
import { readUlimit } from '../container/settings/limits.ts';
import { runChecks } from '../container/settings/run-flags.ts';
import { humanSize } from '../format/units.ts';
import { byBytes } from '../template/go-quote.ts';
import { jsonString } from '../template/json-text.ts';
import { readCommaList } from '../value/comma-list.ts';
import { mapOf, readVariable } from '../value/key-value-file.ts';
import { readBytes, readBytesOrUnlimited } from '../value/size.ts';
import { archiveOfDockerfile, isArchive } from './build-context.ts';
import { bytesOf } from './bytes.ts';
import { readJsonMessages } from './json-messages.ts';
import { referenceProblem } from './reference.ts';
import { noCredentials, refuseContentTrust } from './registry-access.ts';

const streamWarning =
  'DEPRECATED: The experimental --stream flag has been removed and the build context\n' +
  '            will be sent non-streaming. Enable BuildKit instead with DOCKER_BUILDKIT=1\n' +
  '            to stream build context, see https://docs.docker.com/go/buildkit/\n';

/** What BuildKit alone heeds, and what needs an experimental engine. */
const hiddenFlags = [
  '  -o, --output stringArray',
  '      --platform string',
  '      --progress string',
  '      --secret stringArray',
  '      --squash',
  '      --ssh stringArray',
  '      --stream',
].join('\n');

/** @source docker/cli v20.10 cli/command/image/build.go */
export const build: Command = {
  words: exactly(1),
  hidden: hiddenFlags,
  checks: {
    ...runChecks,
    tag: referenceProblem,
    'build-arg': runChecks['env'] ?? (() => null),
    'cache-from': commaListProblem,
    'security-opt': commaListProblem,
  },
  run: (call) => {
    const { engine, flags, out } = call;
    refuseWhatCannotBe(call);
    if (flags.isOn('stream')) out.warn(streamWarning);
    const { body, dockerfile } = contextOf(call);
    const isQuiet = flags.isOn('quiet');
    const sent = `Sending build context to Docker daemon ${sizeText(body.length)}\r\r\n`;
    if (!isQuiet) out.print(sent);
    const reply = engine.reply({
      method: 'POST',
      path: pathWith('/build', { ...queryOf(call), dockerfile }),
      headers: { 'Content-Type': 'application/x-tar', 'X-Registry-Config': noCredentials },
      body,
    });
    if (reply.status === 0) throw new StillWaiting();
    if (reply.status >= 400) {
      throw new ClientError(`${isQuiet ? sent : ''}${refusalText(reply)}`);
    }
    const { text, failure } = readJsonMessages(reply.text);
    if (failure === null) {
      // While it goes on, a quiet build has nothing to show.
      const shown = isQuiet && reply.isOpen ? '' : text;
      out.pass([{ stream: 'stdout', text: shown }], reply.isOpen);
      return;
    }
    if (!isQuiet) out.print(text);
    const before = isQuiet ? `${sent}${text}` : '';
    throw new ClientError(`${before}${failure.message}`, failure.code === 0 ? 1 : failure.code);
  },
};

const sizeText = (bytes: number): string => humanSize(bytes).padStart(8);

const refuseWhatCannotBe = (call: CommandCall): void => {
  const { environment, flags } = call;
  if (flags.isSet('squash')) {
    throw new ClientError(
      '"--squash" is only supported on a Docker daemon with experimental features enabled',
    );
  }
  const wish = environment.get('DOCKER_BUILDKIT') ?? '';
  if (wish !== '' && !isBoolean(wish)) {
    const cause = `strconv.ParseBool: parsing ${JSON.stringify(wish)}: invalid syntax`;
    throw new ClientError(`DOCKER_BUILDKIT environment variable expects boolean value: ${cause}`);
  }
  if (isTrue(wish)) {
    throw new ClientError(
      "netfold: BuildKit is not simulated; set DOCKER_BUILDKIT=0 for the engine's own builder",
    );
  }
  refuseContentTrust(call);
  if (flags.isOn('compress')) {
    throw new ClientError('netfold: the shell of a lab host cannot compress a build context');
  }
  if (flags.text('iidfile') !== '') {
    throw new ClientError('netfold: a lab host keeps no files, so --iidfile cannot be written');
  }
};

type Context = { readonly body: Uint8Array; readonly dockerfile: string };

const unprepared = (cause: string): ClientError =>
  new ClientError(`unable to prepare context: ${cause}`);

/** @throws ClientError: a lab host has no folder to build from, and fetches nothing */
const contextOf = (call: CommandCall): Context => {
  const { flags, now, stdin, words } = call;
  const [context = ''] = words;
  const dockerfile = flags.text('file');
  if (context !== '-') throw unprepared(missingContext(call, context));
  if (dockerfile === '-') {
    throw new ClientError(
      "invalid argument: can't use stdin for both build context and dockerfile",
    );
  }
  if (isArchive(stdin.text)) return { body: bytesOf(stdin.text), dockerfile };
  return { body: archiveOfDockerfile(stdin.text, now), dockerfile: 'Dockerfile' };
};

const missingContext = ({ environment, flags, readFile }: CommandCall, context: string): string => {
  if (/^(git:\/\/|git@|github\.com\/)|^https?:\/\/.*\.git(#.*)?$/.test(context)) {
    return `unable to find 'git': exec: "git": executable file not found in $PATH`;
  }
  if (/^https?:\/\//.test(context)) return `netfold: a lab host does not fetch ${context}`;
  const folder = environment.get('PWD') ?? '/root';
  if (/^(\.\/?|\/)$/.test(context)) {
    const root = context === '/' ? '' : folder.replace(/\/$/, '');
    const name = flags.text('file') || 'Dockerfile';
    const path = name.startsWith('/') ? name : `${flags.isSet('file') ? folder : root}/${name}`;
    if (name !== '-' && readFile(path) === null) {
      const cause = `lstat ${path}: no such file or directory`;
      return `unable to evaluate symlinks in Dockerfile path: ${cause}`;
    }
    return 'netfold: the folders of a lab host cannot be listed; build from stdin (`-`)';
  }
  if (readFile(context) === null) return `path ${JSON.stringify(context)} not found`;
  const path = context.startsWith('/') ? context : `${folder}/${context}`;
  return `context must be a directory: ${path}`;
};

/** @source docker/cli v20.10 vendor/github.com/docker/docker/client/image_build.go */
const queryOf = ({ environment, flags }: CommandCall) => {
  const on = (name: string): string | undefined => (flags.isOn(name) ? '1' : undefined);
  const isolation = flags.text('isolation');
  const platform = flags.text('platform', environment.get('DOCKER_DEFAULT_PLATFORM') ?? '');
  const cached = readCommaList(flags.list('cache-from'));
  const ulimits = flags.list('ulimit').map(readUlimit);
  return {
    t: flags.list('tag'),
    securityopt: readCommaList(flags.list('security-opt')),
    extrahosts: flags.list('add-host'),
    q: on('quiet'),
    nocache: on('no-cache'),
    rm: isTrue(flags.text('rm', 'true')) ? '1' : '0',
    forcerm: on('force-rm'),
    pull: on('pull'),
    isolation: ['', 'default'].includes(isolation.toLowerCase()) ? undefined : isolation,
    cpusetcpus: flags.text('cpuset-cpus'),
    networkmode: flags.text('network', 'default'),
    cpusetmems: flags.text('cpuset-mems'),
    cpushares: String(flags.number('cpu-shares')),
    cpuquota: String(flags.number('cpu-quota')),
    cpuperiod: String(flags.number('cpu-period')),
    memory: String(readBytes(flags.text('memory', '0'))),
    memswap: String(readBytesOrUnlimited(flags.text('memory-swap', '0'))),
    cgroupparent: flags.text('cgroup-parent'),
    shmsize: String(readBytes(flags.text('shm-size', '0'))),
    target: flags.text('target'),
    ulimits: ulimits.length === 0 ? 'null' : JSON.stringify(lastOfEach(ulimits)),
    buildargs: textsJson(buildArguments(flags.list('build-arg'), environment)),
    labels: textsJson(mapOf(flags.list('label'))),
    cachefrom: `[${cached.map((one) => jsonString(one, true)).join(',')}]`,
    platform: platform === '' ? undefined : platform.toLowerCase(),
    version: '1',
  };
};

const lastOfEach = <Named extends { readonly Name: string }>(all: readonly Named[]) => [
  ...new Map(all.map((one) => [one.Name, one])).values(),
];

/** A name without a value has the environment's; without one there, `null` is sent. */
const buildArguments = (
  given: readonly string[],
  environment: ReadonlyMap<string, string>,
): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    given.map((one) => {
      const pair = readVariable(one, environment);
      const at = pair.indexOf('=');
      return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

/** Keys in their order and `<>&` escaped, as Go writes JSON. */
const textsJson = (texts: Readonly<Record<string, string | null>>): string => {
  const members = Object.entries(texts)
    .toSorted(([a], [b]) => byBytes(a, b))
    .map(
      ([key, text]) =>
        `${jsonString(key, true)}:${text === null ? 'null' : jsonString(text, true)}`,
    );
  return `{${members.join(',')}}`;
};
