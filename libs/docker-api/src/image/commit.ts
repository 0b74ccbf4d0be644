import type { ContainerSpec, HealthcheckSpec, ImageSpec } from '@netfold/contracts';
import { imageOf, mergedWithImage, mountAt, mountsIn } from '@netfold/domain';
import type { ActiveLab, Container } from '@netfold/domain';
import { imageSteps } from '../build/image-steps.ts';
import { parseDockerfile } from '../build/dockerfile.ts';
import type { Instruction } from '../build/instruction.ts';
import type { Stage } from '../build/stage.ts';
import { argvOf } from '../container/container-json.ts';
import { containerSpecOf } from '../container/container-spec.ts';
import { createForm } from '../container/container-type.ts';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { objectOf } from '../http/fields.ts';
import type { JsonObject } from '../http/fields.ts';
import { parseBody } from '../http/json-body.ts';
import { sendJson } from '../http/reply.ts';
import { readBody } from '../http/request.ts';

/** @source moby/moby v20.10 builder/dockerfile/builder.go validCommitCommands */
const changing = 'CMD ENTRYPOINT HEALTHCHECK ENV EXPOSE LABEL ONBUILD USER VOLUME WORKDIR'.split(
  ' ',
);

/** @throws EngineError on a line that is none, or no change of an image */
const instructionsOf = (changes: readonly string[]): readonly Instruction[] => {
  const lines = changes.flatMap((text) => text.split('\n'));
  for (const line of lines) {
    const [word = ''] = line.trim().split(/\s/);
    if (word === '' || changing.includes(word.toUpperCase())) continue;
    const message = `${word.toLowerCase()} is not a valid change command`;
    throw new EngineError('invalidParameter', message);
  }
  try {
    return changes.length === 0 ? [] : parseDockerfile(lines.join('\n'));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const message = error.message.replace(/^dockerfile parse error line \d+: /, '');
    throw new EngineError(error.refusalClass, message);
  }
};

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

const healthcheckIn = (given: unknown): HealthcheckSpec | null => {
  if (typeof given !== 'object' || given === null) return null;
  const of = given as JsonObject;
  const test = Array.isArray(of['Test']) ? of['Test'].map(String) : [];
  return {
    test,
    intervalNanos: numberIn(of['Interval']),
    timeoutNanos: numberIn(of['Timeout']),
    startPeriodNanos: numberIn(of['StartPeriod']),
    retries: numberIn(of['Retries']),
  };
};

/** What a container of that image is like, as an image: without what is in its volumes. */
const imageOfContainer = (lab: ActiveLab, container: Container): ImageSpec => {
  const { spec } = container;
  const base = imageOf(lab, container.image);
  const isSame = isSameCommand(spec, base);
  const healthcheck = healthcheckIn(spec.passThrough.config['Healthcheck']);
  const volumes = Object.keys(objectOf(spec.passThrough.config['Volumes']));
  const files = [...container.files.values()].filter(
    ({ path }) => mountAt(mountsIn(container), path) === null,
  );
  return {
    cmd: spec.command ?? [],
    ...(spec.entrypoint?.length ? { entrypoint: spec.entrypoint } : {}),
    env: spec.environment,
    ...(spec.user === '' ? {} : { user: spec.user }),
    ...(spec.workingDir === '' ? {} : { workingDir: spec.workingDir }),
    ...(spec.stopSignal === '' ? {} : { stopSignal: spec.stopSignal }),
    ...(isSame && base?.stopExitCode !== undefined ? { stopExitCode: base.stopExitCode } : {}),
    ...(healthcheck === null ? {} : { healthcheck }),
    ...(volumes.length === 0 ? {} : { volumes }),
    labels: spec.labels,
    expose: spec.exposedPorts,
    listens: isSame ? (base?.listens ?? []) : [],
    ...(base?.userland === undefined ? {} : { userland: base.userland }),
    // Its programs stay there when something else is run.
    programs: { ...base?.programs, [base?.cmd[0] ?? 'sh']: 'what the base runs' },
    ...(files.length === 0 ? {} : { files }),
    base: container.image,
  };
};

const isSameCommand = (spec: ContainerSpec, base: ImageSpec | null): boolean => {
  const own = [...(base?.entrypoint ?? []), ...(base?.cmd ?? [])];
  return (
    JSON.stringify(own) === JSON.stringify([...(spec.entrypoint ?? []), ...(spec.command ?? [])])
  );
};

const changed = (origin: ImageSpec, instructions: readonly Instruction[]): ImageSpec => {
  let stage: Stage = {
    base: origin.base ?? '',
    name: null,
    origin,
    spec: origin,
    hasOwnCommand: true,
    image: '',
    shell: ['/bin/sh', '-c'],
    args: new Map(),
  };
  for (const instruction of instructions) {
    const changes = imageSteps[instruction.name]?.(stage, instruction) ?? {};
    stage = { ...stage, spec: { ...stage.spec, ...changes } };
  }
  return stage.spec;
};

/** What the client said of the image itself goes before what its container is like. */
const withGiven = (image: ImageSpec, body: JsonObject): ImageSpec => {
  if (Object.keys(body).length === 0) return image;
  const merged = mergedWithImage(containerSpecOf(body, ''), image);
  return {
    ...image,
    cmd: merged.command ?? [],
    ...(merged.entrypoint?.length ? { entrypoint: merged.entrypoint } : {}),
    env: merged.environment,
    labels: merged.labels,
    expose: merged.exposedPorts,
    ...(merged.user === '' ? {} : { user: merged.user }),
    ...(merged.workingDir === '' ? {} : { workingDir: merged.workingDir }),
  };
};

/**
 * `POST /commit`: an image of a container as it is. What its volumes hold is no part of it.
 * @source moby/moby v20.10 api/server/router/image/image_routes.go postCommit, daemon/commit.go
 */
export const commit = async (call: Call): Promise<void> => {
  const text = (await readBody(call.request)).toString('utf8');
  const form = { ...createForm, faults: 'invalidParameter' } as const;
  const body = text.trim() === '' ? {} : objectOf(parseBody(text, form));
  const { query } = call;
  const { lab, ...seen } = await call.see();
  const container = getContainer({ lab, ...seen }, query.get('container') ?? '');
  const instructions = instructionsOf(query.getAll('changes'));
  const begun = withGiven(imageOfContainer(lab, container), body);
  const author = query.get('author') ?? '';
  const step = {
    image: '',
    createdBy: argvOf(container).join(' '),
    comment: query.get('comment') ?? '',
    container: container.id,
  };
  const spec: ImageSpec = {
    ...changed(begun, instructions),
    ...(author === '' ? {} : { author }),
    steps: [step],
  };
  const repository = query.get('repo') ?? '';
  const tag = query.get('tag') ?? '';
  const name = tag === '' ? repository : `${repository}:${tag}`;
  const { host } = call.context;
  const tags = repository === '' ? [] : [name];
  const answer = await call.submit({ type: 'BuildImage', host, spec, tags });
  sendJson(call.response, 201, { Id: answer.ids['image'] ?? '' });
};
