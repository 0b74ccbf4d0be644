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
import { imageOf, processOf } from '@netfold/domain';
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

const chunksOf = (output: ProgramOutput, at: LabTime): OutputChunk[] =>
  output.pieces.flatMap(({ stream, text }) => {
    const chunks: OutputChunk[] = [];
    for (let from = 0; from < text.length; from += chunkMax) {
      chunks.push({ stream, text: text.slice(from, from + chunkMax), at });
    }
    return chunks;
  });

/**
 * What the main process of a running container does, when it is a tool that prints and ends.
 *
 * @returns `null` for a program that serves or sleeps: its end is the domain's business
 */
const runMain = (place: ProcessPlace, container: Container, stdin: Input): ProgramRun | null => {
  const image = imageOf(place.lab, container.image);
  const main = processOf(image, container.spec);
  if (main.end !== null || main.listeners.length > 0 || main.argv.length === 0) return null;
  const runAs = asContainer;
  const output = runOwnProgram({ place, container, runAs, argv: main.argv, stdin });
  return output === null || output.durationMs === null ? null : output;
};

/**
 * The command that says what a running container's program printed and when it ends. Everything in
 * it counts from the start: it is the same however late the program is run.
 *
 * @returns `null` when it goes on running, or when its end is a fact already
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
  if (output === null || output.durationMs === null) return null;
  return {
    type: 'EndContainerProcess',
    host: place.host.name,
    container: container.id,
    processId: container.processId,
    exitCode: output.exitCode,
    output: chunksOf(output, place.now),
    endsAt: place.now + output.durationMs,
    ...(teaches(output.traffic) ? { traffic: output.traffic } : {}),
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
