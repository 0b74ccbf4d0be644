import { isDeepStrictEqual } from 'node:util';
import type { FileEntry } from '@netfold/contracts';
import { containerSpecOf } from '../container/container-spec.ts';
import { printedAfter } from '../container/printing.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { goneSignal } from '../stream/commits.ts';
import type { Stage } from './stage.ts';

const shortLength = 12;

export type StepContainer = {
  /** What it runs; nothing for a step that only says something about the image. */
  readonly argv: readonly string[];
  readonly environment: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly networkMode: string;
  /** Keeps the container of a step that failed. */
  readonly keepsFailed: boolean;
  readonly print: (text: string) => void;
};

/** @returns its id; it is there until `removed` */
async function created(call: Call, stage: Stage, of: StepContainer): Promise<string> {
  const { spec } = stage;
  const body = {
    Image: stage.base,
    Entrypoint: [],
    Cmd: of.argv.length === 0 ? ['/bin/sh', '-c', '#(nop)'] : of.argv,
    Env: of.environment,
    User: spec.user ?? '',
    WorkingDir: spec.workingDir ?? '',
    Labels: of.labels,
    HostConfig: { NetworkMode: of.networkMode },
  };
  const answer = await call.submit({
    type: 'CreateContainer',
    host: call.context.host,
    spec: containerSpecOf(body, ''),
  });
  return answer.ids['containerId'] ?? '';
}

const remove = (call: Call, container: string) =>
  call.submit({
    type: 'RemoveContainer',
    host: call.context.host,
    container,
    force: true,
    volumes: true,
    link: false,
  });

/** A step that only says something about the image is kept in a container, too: it never runs. */
export async function passThrough(call: Call, stage: Stage, of: StepContainer): Promise<void> {
  const container = await created(call, stage, of);
  of.print(` ---> Running in ${container.slice(0, shortLength)}\n`);
  await remove(call, container);
  of.print(`Removing intermediate container ${container.slice(0, shortLength)}\n`);
}

/**
 * Carries out `RUN` in a container of its own, and passes on what it prints.
 *
 * @returns what it wrote
 * @throws EngineError when it ends with another status than 0
 */
export async function runStep(
  call: Call,
  stage: Stage,
  of: StepContainer,
): Promise<readonly FileEntry[]> {
  const { host } = call.context;
  const container = await created(call, stage, of);
  of.print(` ---> Running in ${container.slice(0, shortLength)}\n`);
  const files = stage.spec.files ?? [];
  if (files.length > 0) {
    const at = { host, container, folder: '/', keepsKinds: false };
    await call.submit({ type: 'WriteFiles', ...at, files });
  }
  const before = await call.see();
  const found = before.host.containers.get(container);
  if (found === undefined) throw new EngineError('internal', 'netfold: a step was removed');
  const seen = { container: found, version: before.version, now: call.context.clock() };
  const printed = printedAfter(call.context, seen, goneSignal(call.response));
  const passed = (async () => {
    for await (const chunks of printed) for (const { text } of chunks) of.print(text);
  })();
  await call.submit({ type: 'StartContainer', host, container });
  await passed;
  const ended = (await call.see()).host.containers.get(container);
  const exitCode = ended?.exitCode ?? 0;
  const known = new Map(files.map((file) => [file.path, file] as const));
  const all = [...(ended?.files.values() ?? [])];
  if (exitCode === 0 || !of.keepsFailed) {
    await remove(call, container);
    of.print(`Removing intermediate container ${container.slice(0, shortLength)}\n`);
  }
  if (exitCode !== 0) throw new StepFailed(of.argv, exitCode);
  return all.filter((file) => !isDeepStrictEqual(file, known.get(file.path)));
}

/** @source moby/moby v20.10 builder/dockerfile/dispatchers.go dispatchRun */
export class StepFailed extends EngineError {
  readonly exitCode: number;

  constructor(argv: readonly string[], exitCode: number) {
    super('internal', `The command '${argv.join(' ')}' returned a non-zero code: ${exitCode}`);
    this.exitCode = exitCode;
  }
}
