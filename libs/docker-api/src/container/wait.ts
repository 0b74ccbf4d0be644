import type { LabEvent } from '@netfold/contracts';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { commitsAfter, goneSignal } from '../stream/commits.ts';
import { openEndlessStream } from '../stream/open-streams.ts';

const conditions = ['', 'not-running', 'next-exit', 'removed'];

/** The exit code when the event ends the waiting, `null` when it does not. */
const endOf = (
  event: LabEvent,
  containerId: string,
  condition: string,
  lastCode: number,
): number | null => {
  if (event.type === 'ContainerRemoved' && event.data.containerId === containerId) {
    return lastCode;
  }
  if (condition === 'removed') return null;
  if (event.type !== 'ContainerExited' || event.data.containerId !== containerId) return null;
  return event.data.exitCode;
};

/** `POST /containers/{id}/wait`: the headers leave at once, the body when it has happened. */
export const waitForContainer = async (call: Call): Promise<void> => {
  const condition = call.query.get('condition') ?? '';
  if (!conditions.includes(condition)) {
    throw new EngineError('invalidParameter', `invalid condition: "${condition}"`);
  }
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  const signal = goneSignal(call.response);
  openEndlessStream(
    call,
    'application/json',
    (Message) => `${JSON.stringify({ Error: { Message }, StatusCode: 0 })}\n`,
  );
  const answer = (StatusCode: number): void => {
    call.response.end(`${JSON.stringify({ Error: null, StatusCode })}\n`);
  };
  const isDown = container.status === 'created' || container.status === 'exited';
  if (isDown && (condition === '' || condition === 'not-running')) {
    answer(container.exitCode);
    return;
  }
  let code = container.exitCode;
  for await (const commit of commitsAfter(call.context, seen.version, signal)) {
    for (const event of commit.events) {
      if (event.type === 'ContainerExited' && event.data.containerId === container.id) {
        code = event.data.exitCode;
      }
      const end = endOf(event, container.id, condition, code);
      if (end === null) continue;
      answer(end);
      return;
    }
  }
};
