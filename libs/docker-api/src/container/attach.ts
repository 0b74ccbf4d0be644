import type { LabEvent } from '@netfold/contracts';
import { runWithInput } from '@netfold/application';
import type { Container } from '@netfold/domain';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { boolValue } from '../http/request.ts';
import { EngineError } from '../http/engine-error.ts';
import { commitsAfter } from '../stream/commits.ts';
import { hijack } from '../stream/hijack.ts';
import type { HijackedStream } from '../stream/hijack.ts';

type Wanted = { readonly stdout: boolean; readonly stderr: boolean };

/** Passes on what an event printed; answers whether the container's run is over. */
const passOn = (
  stream: HijackedStream,
  container: Container,
  wanted: Wanted,
  event: LabEvent,
): boolean => {
  if (!('containerId' in event.data) || event.data.containerId !== container.id) return false;
  if (event.type === 'ContainerPrinted') {
    for (const chunk of event.data.chunks) {
      if (wanted[chunk.stream]) stream.write(chunk.stream, chunk.text);
    }
  }
  return event.type === 'ContainerExited' || event.type === 'ContainerRemoved';
};

/** A program that reads its input runs when the client has sent the last of it. */
const feed = async (call: Call, stream: HijackedStream, container: Container): Promise<void> => {
  const input = await stream.input();
  if (stream.closed.aborted && input === '') return;
  const { context } = call;
  for (;;) {
    const seen = await call.see();
    const now = seen.host.containers.get(container.id);
    if (now === undefined || stream.closed.aborted) return;
    if (now.status === 'running') {
      await runWithInput(context, { host: context.host, container: container.id, input });
      return;
    }
    await context.states.waitFor(context.labId, seen.version + 1, startWaitMs);
  }
};

/** How long one look at a container that has not started lasts. */
const startWaitMs = 1_000;

/** What it printed before; asked for with `logs`. */
const replay = (stream: HijackedStream, container: Container, wanted: Wanted): void => {
  for (const chunk of container.output) {
    if (wanted[chunk.stream]) stream.write(chunk.stream, chunk.text);
  }
};

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
  if (boolValue(call.query, 'logs')) replay(stream, container, wanted);
  if (!boolValue(call.query, 'stream')) {
    stream.end();
    return;
  }
  const isFed = boolValue(call.query, 'stdin') && container.spec.openStdin;
  const feeding = isFed && !container.spec.tty ? feed(call, stream, container) : null;
  for await (const commit of commitsAfter(call.context, seen.version, stream.closed)) {
    if (commit.events.some((event) => passOn(stream, container, wanted, event))) break;
  }
  stream.end();
  await feeding;
};
