import { randomUUID } from 'node:crypto';
import type {
  CommandBody,
  ContainerId,
  HostName,
  LabId,
  LabTime,
  OutputChunk,
  TenantId,
} from '@netfold/contracts';
import { imageOf, processOf, scriptOf } from '@netfold/domain';
import type { ActiveLab, Container, LabHost } from '@netfold/domain';
import { asContainer, WatchedInput } from '@netfold/tooltext';
import type { Input, ProgramOutput } from '@netfold/tooltext';
import type { Actor } from '../actor.ts';
import type { CommandRequest } from '../command-request.ts';
import type { CommandGate, LabStates } from '../lab-states.ts';
import { runOwnProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';
import { teaches } from './traffic.ts';

/** Where a container's own process runs. */
export type ProcessPlace = {
  readonly lab: ActiveLab;
  readonly labId: LabId;
  readonly host: LabHost;
  readonly now: LabTime;
};

/** Text of one chunk of output, characters. */
const chunkMax = 16 * 1024;
/** So many chunks of a program that goes on for ever are known ahead; then it falls silent. */
export const chunksAheadMax = 1_000;

/** Each at its instant; what comes at once is one chunk. */
function chunksOf({ pieces, durationMs }: ProgramOutput, startedAt: LabTime): OutputChunk[] {
  const chunks: OutputChunk[] = [];
  for (const { stream, text, atMs = 0 } of pieces) {
    const at = startedAt + atMs;
    const last = chunks.at(-1);
    const isMore = last?.stream === stream && last.at === at;
    const whole = isMore ? last.text + text : text;
    if (isMore) chunks.pop();
    for (let from = 0; from < whole.length; from += chunkMax) {
      chunks.push({ stream, text: whole.slice(from, from + chunkMax), at });
    }
    if (durationMs === null && chunks.length >= chunksAheadMax) break;
  }
  return chunks;
}

/**
 * What the main process of a running container does, when it is a tool that prints.
 *
 * @returns `null` for a program that serves or sleeps: its end is the domain's business
 */
const runMain = (place: ProcessPlace, container: Container, stdin: Input): ProgramRun | null => {
  const image = imageOf(place.lab, container.image);
  const main = processOf(image, container.spec);
  if (main.end !== null || main.argv.length === 0) return null;
  const isServer = main.listeners.length > 0;
  // A script may do something before it serves.
  if (isServer && (main.isOwnCommand || scriptOf(main.argv) === null)) return null;
  const runAs = asContainer;
  const run = runOwnProgram({ place, container, runAs, argv: main.argv, stdin });
  // Its sockets are told by its words: it serves, also where a step before is not simulated.
  return run !== null && isServer ? { ...run, exitCode: 0, durationMs: null } : run;
};

/**
 * The command that says what a running container's program prints and when it ends. Everything in
 * it counts from the start: it is the same however late the program is run.
 *
 * @returns `null` when it is not run here, has been run already, or says nothing for ever
 */
export const endOfStarted = (
  place: Omit<ProcessPlace, 'now'>,
  containerId: ContainerId,
): CommandBody | null => {
  const container = place.host.containers.get(containerId);
  if (container?.status !== 'running' || container.ends !== null) return null;
  const watched = new WatchedInput();
  const body = endOf({ ...place, now: container.startedAt ?? 0 }, container, watched);
  // A program that reads waits for whoever holds the other end; without one it reads nothing.
  return watched.wasRead && container.spec.openStdin ? null : body;
};

const endOf = (place: ProcessPlace, container: Container, stdin: Input): CommandBody | null => {
  const output = runMain(place, container, stdin);
  if (output === null) return null;
  const { durationMs, pieces, traffic } = output;
  const files = output.commands.flatMap((one) => (one.type === 'WriteFiles' ? one.files : []));
  const removed = output.commands.flatMap((one) => (one.type === 'RemoveFiles' ? one.paths : []));
  const isIdle = files.length === 0 && removed.length === 0 && !teaches(traffic);
  const isSilent = pieces.length === 0 && isIdle;
  if (durationMs === null && isSilent) return null;
  return {
    type: 'EndContainerProcess',
    host: place.host.name,
    container: container.id,
    processId: container.processId,
    exitCode: output.exitCode,
    output: chunksOf(output, place.now),
    endsAt: durationMs === null ? null : place.now + durationMs,
    ...(teaches(traffic) ? { traffic } : {}),
    ...(removed.length > 0 ? { removed } : {}),
    ...(files.length > 0 ? { files } : {}),
  };
};

/** Who runs a program, where its facts go, and what it sees. */
export type ProgramRunner = {
  readonly gate: CommandGate;
  readonly states: LabStates;
  readonly labId: LabId;
  readonly tenant: TenantId;
  readonly actor: Actor;
  readonly clock: () => number;
};

/** The request that follows from another one, on behalf of the same actor. */
export const requestFor = (
  runner: Pick<ProgramRunner, 'labId' | 'tenant' | 'actor'>,
  body: CommandBody,
  causationId: string | null,
): CommandRequest => ({
  id: randomUUID(),
  labId: runner.labId,
  tenantId: runner.tenant,
  actorId: runner.actor.id,
  face: 'docker',
  commandText: null,
  correlationId: randomUUID(),
  causationId,
  expectedVersion: null,
  body,
});

/** Ends the main process of a container as its user does: `exit` in its shell. */
export const endMainProcess = async (
  runner: ProgramRunner,
  call: { readonly host: HostName; readonly container: Container; readonly exitCode: number },
): Promise<void> => {
  const { host, container, exitCode } = call;
  const { id, processId } = container;
  const body = { host, container: id, processId, exitCode, output: [] };
  await runner.gate.submit(requestFor(runner, { type: 'EndContainerProcess', ...body }, null));
};

/** Runs the main process of a container with what its client sent, and ends it. */
export const runWithInput = async (
  runner: ProgramRunner,
  call: { readonly host: HostName; readonly container: ContainerId; readonly input: string },
): Promise<void> => {
  const found = await runner.states.committed(runner.labId);
  if (found?.lab.state !== 'active') return;
  const host = found.lab.hosts.get(call.host);
  const container = host?.containers.get(call.container);
  if (host === undefined || container?.status !== 'running') return;
  const place = { lab: found.lab, labId: runner.labId, host, now: runner.clock() };
  const body = endOf(place, container, { text: call.input });
  if (body !== null) await runner.gate.submit(requestFor(runner, body, null));
};
