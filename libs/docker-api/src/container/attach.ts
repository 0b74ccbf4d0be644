import type { ContainerId, OutputChunk } from '@netfold/contracts';
import { endMainProcess, runWithInput } from '@netfold/application';
import { printedOutput } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import { asContainer } from '@netfold/tooltext';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { boolValue } from '../http/request.ts';
import { EngineError } from '../http/engine-error.ts';
import { hijack } from '../stream/hijack.ts';
import type { HijackedStream } from '../stream/hijack.ts';
import { serveShell, shellOf } from '../stream/shell-session.ts';
import { argvOf } from './container-json.ts';
import { printedAfter } from './printing.ts';

type Wanted = { readonly stdout: boolean; readonly stderr: boolean };

const passOn = (stream: HijackedStream, wanted: Wanted, chunks: readonly OutputChunk[]): void => {
  for (const chunk of chunks) {
    if (wanted[chunk.stream]) stream.write(chunk.stream, chunk.text);
  }
};

/** How long one look at a container that has not started lasts. */
const startWaitMs = 1_000;

/** The container as soon as it runs; `null` when the client has left before. */
const whenRunning = async (
  call: Call,
  stream: HijackedStream,
  id: ContainerId,
): Promise<Container | null> => {
  const { context } = call;
  while (!stream.closed.aborted) {
    const seen = await call.see();
    const now = seen.host.containers.get(id);
    if (now === undefined) return null;
    if (now.status === 'running') return now;
    await context.states.waitFor(context.labId, seen.version + 1, startWaitMs);
  }
  return null;
};

/** A program that reads its input runs when the client has sent the last of it. */
const feed = async (call: Call, stream: HijackedStream, container: Container): Promise<void> => {
  const input = await stream.input();
  const running = await whenRunning(call, stream, container.id);
  const { context } = call;
  if (running === null) return;
  await runWithInput(context, { host: context.host, container: container.id, input });
};

/** The shell that is the container's own program ends the container when its user leaves it. */
const serveMain = async (call: Call, stream: HijackedStream, id: ContainerId): Promise<void> => {
  const container = await whenRunning(call, stream, id);
  const name = container === null ? null : shellOf(argvOf(container));
  if (container === null || name === null) return;
  const exitCode = await serveShell(call, stream, container, { name, runAs: asContainer });
  if (exitCode === null) return;
  const { context } = call;
  await endMainProcess(context, { host: context.host, container, exitCode });
};

const talk = (call: Call, stream: HijackedStream, container: Container): Promise<void> =>
  container.spec.tty ? serveMain(call, stream, container.id) : feed(call, stream, container);

/**
 * `POST /containers/{id}/attach`: the connection becomes the container's streams, until its run
 * ends or the client goes. Detaching ends nothing in the container.
 */
export const attach = async (call: Call): Promise<void> => {
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  if (container.status === 'paused') {
    throw new EngineError(
      'conflict',
      `Container ${call.parameter('id')} is paused, unpause the container before attach.`,
    );
  }
  const wanted = {
    stdout: boolValue(call.query, 'stdout'),
    stderr: boolValue(call.query, 'stderr'),
  };
  const stream = hijack(call, container.spec.tty);
  const now = call.context.clock();
  // What it printed before is asked for with `logs`.
  if (boolValue(call.query, 'logs')) passOn(stream, wanted, printedOutput(container, now));
  if (!boolValue(call.query, 'stream')) {
    stream.end();
    return;
  }
  const isFed = boolValue(call.query, 'stdin') && container.spec.openStdin;
  const talking = isFed ? talk(call, stream, container) : null;
  const from = { container, version: seen.version, now };
  for await (const chunks of printedAfter(call.context, from, stream.closed)) {
    passOn(stream, wanted, chunks);
  }
  stream.end();
  await talking;
};
