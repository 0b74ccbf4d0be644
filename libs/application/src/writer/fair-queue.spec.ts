import { absentFold } from '../labs/lab-fold.ts';
import { requestOf, makeTallyLab, tallyModel } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { batchBytesMax, batchCommandsMax, batchRowsMax, FairQueue } from './fair-queue.ts';
import type { WaitingCommand } from './waiting-command.ts';

const lab = 'lab-00000001';

function waiting(
  tenantId: string,
  id: string,
  weight: { readonly bytes?: number; readonly rows?: number } = {},
): WaitingCommand {
  const before = absentFold(tallyModel, lab, tenantId);
  const row = { labId: lab, tenantId, name: id, state: 'active' } as const;
  return {
    request: requestOf(lab, makeTallyLab(), { tenantId, id }),
    payloadHash: '',
    ifBroken: 'fail',
    settle: () => {},
    decided: {
      before,
      after: before,
      outcome: { kind: 'accepted', answer: { ids: {}, warnings: [] } },
      events: [],
      eventsText: 'x'.repeat(weight.bytes ?? 2),
      delta: Array.from({ length: weight.rows ?? 0 }, () => ({
        table: 'lab' as const,
        op: 'put' as const,
        key: id,
        row,
      })),
      behindBecause: null,
      labTime: 0,
    },
  };
}

const idsOf = (batch: readonly WaitingCommand[]) => batch.map(({ request }) => request.id);

describe('a batch', () => {
  it('takes everything that waits, each tenant’s in order', () => {
    const queue = new FairQueue();
    for (const id of ['a1', 'a2', 'a3']) queue.push(waiting('a', id));
    queue.push(waiting('b', 'b1'));
    expect(idsOf(queue.take())).toEqual(['a1', 'b1', 'a2', 'a3']);
    expect([queue.size, queue.take().length]).toEqual([0, 0]);
  });

  it('is bounded by commands; whoever was not served in full does not come first again', () => {
    const queue = new FairQueue();
    for (let index = 0; index < 2 * batchCommandsMax; index += 1) {
      queue.push(waiting('noisy', `n${index}`));
    }
    queue.push(waiting('quiet', 'q0'));
    expect(idsOf(queue.take())).toContain('q0');
    queue.push(waiting('quiet', 'q1'));
    expect(idsOf(queue.take()).slice(0, 2)).toEqual([`n${batchCommandsMax - 1}`, 'q1']);
    expect(queue.size).toBe(2);
  });

  it.each([
    ['bytes', { bytes: batchBytesMax }],
    ['rows', { rows: batchRowsMax }],
  ])('is bounded by %s, but takes at least one command', (_, weight) => {
    const queue = new FairQueue();
    for (const id of ['a1', 'a2']) queue.push(waiting('a', id, weight));
    expect([idsOf(queue.take()), idsOf(queue.take())]).toEqual([['a1'], ['a2']]);
  });

  it('that failed goes back before what came later', () => {
    const queue = new FairQueue();
    for (const id of ['a1', 'a2']) queue.push(waiting('a', id));
    const batch = queue.take();
    queue.push(waiting('a', 'a3'));
    queue.putBack(batch);
    queue.remove(batch[0] ?? waiting('a', 'none'));
    expect(idsOf(queue.take())).toEqual(['a2', 'a3']);
  });
});
