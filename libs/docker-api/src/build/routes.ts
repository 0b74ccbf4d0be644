import { familiarReference } from '@netfold/domain';
import { archiveFiles } from '../archive/archive-files.ts';
import type { Call } from '../engine/call.ts';
import { engineLimits } from '../engine/engine-profile.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { objectOf } from '../http/fields.ts';
import { openStream, sendJson } from '../http/reply.ts';
import { boolValue, readBody } from '../http/request.ts';
import { writePiece } from '../stream/open-streams.ts';
import { StepFailed } from './build-run.ts';
import { Builder, withLabels } from './builder.ts';
import type { BuildWishes } from './builder.ts';
import { parseDockerfile } from './dockerfile.ts';

/** A JSON object of texts in the query; anything else is none. */
const textsOf = (call: Call, name: string): Readonly<Record<string, string>> => {
  const text = call.query.get(name) ?? '';
  if (text === '') return {};
  try {
    const entries = Object.entries(objectOf(JSON.parse(text)));
    return Object.fromEntries(
      entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    );
  } catch {
    throw new EngineError('invalidParameter', `netfold: \`${name}\` is no JSON object`);
  }
};

/** @throws EngineError on what a lab cannot build */
const wishesOf = async (call: Call): Promise<Omit<BuildWishes, 'print'>> => {
  if (call.query.get('version') === '2') {
    throw new EngineError(
      'notImplemented',
      "netfold: BuildKit is not simulated; set DOCKER_BUILDKIT=0 for the engine's own builder",
    );
  }
  if ((call.query.get('remote') ?? '') !== '') {
    throw new EngineError('notImplemented', 'netfold: building from a remote context');
  }
  const body = await readBody(call.request, engineLimits.archiveBytesMax);
  const context = archiveFiles(body, '/').filter(({ path }) => path !== '/');
  const name = call.query.get('dockerfile') || 'Dockerfile';
  const file = context.find(({ path }) => path === `/${name.replace(/^\.?\//, '')}`);
  if (file === undefined) {
    throw new EngineError('internal', `Cannot locate specified Dockerfile: ${name}`);
  }
  if (file.content.trim() === '') {
    throw new EngineError('internal', `the Dockerfile (${name}) cannot be empty`);
  }
  const text = Buffer.from(file.content, file.encoding).toString('utf8');
  return {
    instructions: withLabels(parseDockerfile(text), textsOf(call, 'labels')),
    context,
    buildArgs: new Map(Object.entries(textsOf(call, 'buildargs'))),
    target: call.query.get('target') ?? '',
    networkMode: call.query.get('networkmode') || 'default',
    usesCache: !boolValue(call.query, 'nocache'),
    keepsFailed: !boolValue(call.query, 'forcerm'),
  };
};

/**
 * `POST /build`: the engine's own builder. BuildKit needs a session of its own.
 * @source moby/moby v20.10 api/server/router/build/build_routes.go
 */
const build = async (call: Call): Promise<void> => {
  const wishes = await wishesOf(call);
  const tags = call.query.getAll('t').filter((tag) => tag !== '');
  const isQuiet = boolValue(call.query, 'q');
  openStream(call.response, 'application/json');
  const say = (value: unknown): void => writePiece(call.response, `${JSON.stringify(value)}\r\n`);
  const print = (stream: string): void => {
    if (!isQuiet) say({ stream });
  };
  try {
    const stage = await new Builder(call, { ...wishes, print }).build();
    const { host } = call.context;
    const answer = await call.submit({ type: 'BuildImage', host, spec: stage.spec, tags });
    const image = answer.ids['image'] ?? '';
    if (isQuiet) say({ stream: `${image}\n` });
    else say({ aux: { ID: image } });
    print(`Successfully built ${image.slice('sha256:'.length, 'sha256:'.length + 12)}\n`);
    for (const tag of tags) print(`Successfully tagged ${familiarReference(tag)}\n`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { message } = error;
    const code = error instanceof StepFailed ? { code: error.exitCode } : {};
    say({ errorDetail: { ...code, message }, error: message });
  }
  call.response.end();
};

/** Nothing is kept for later but images: there is no cache of its own. */
const prune = (call: Call): void =>
  sendJson(call.response, 200, { CachesDeleted: null, SpaceReclaimed: 0 });

export const buildRoutes: readonly Route[] = [
  { method: 'POST', path: '/build', handler: build },
  { method: 'POST', path: '/build/prune', handler: prune },
];
