import type { CommandBody, ContainerSpec, LabEvent } from '@netfold/contracts';
import type { Container } from '@netfold/domain';
import {
  CountingEntropy,
  createContainer,
  createLab,
  ManualTime,
  MemoryEventLog,
  requestOf,
  settled,
  startContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { labModel } from '../lab-model.ts';
import { FoldedLabs } from '../labs/folded-labs.ts';
import { LabWriter } from '../writer/lab-writer.ts';
import { chunksAheadMax } from './main-process.ts';
import { ProcessGate } from './process-gate.ts';

const labId = 'lab-00000001';
const always = { name: 'always', maximumRetryCount: 0 } as const;

/** A process that serves one log: what it has in memory goes when it dies. */
async function boot(log: MemoryEventLog, time: ManualTime) {
  const { clock } = time;
  const parts = { log, model: labModel, timers: time };
  const labs = new FoldedLabs({ ...parts, codeVersion: 'test' });
  const writer = new LabWriter({
    ...parts,
    labs,
    partition: 0,
    clock,
    entropy: new CountingEntropy(),
  });
  await writer.start();
  const gate = new ProcessGate({ gate: writer, states: labs, timers: time });
  const send = async (to: LabWriter | ProcessGate, body: CommandBody) => {
    const { outcome } = await to.submit(requestOf(labId, body));
    expect(outcome).toMatchObject({ kind: 'accepted' });
  };
  return {
    gate,
    watch: () => gate.watch(labs),
    /** Through every layer. */
    send: (body: CommandBody) => send(gate, body),
    /** Only committed: the process dies before the program runs. */
    commitOnly: (body: CommandBody) => send(writer, body),
    /** What anybody does who looks at the lab. */
    look: async (): Promise<Container> => {
      const lab = (await labs.committed(labId))?.lab;
      if (lab?.state !== 'active') throw new Error('the lab is not there');
      const [container] = lab.hosts.get('h1')?.containers.values() ?? [];
      if (container === undefined) throw new Error('the container is not there');
      return container;
    },
  };
}

const made = (changes: Partial<ContainerSpec>): readonly CommandBody[] => [
  createLab('h1'),
  createContainer('c1', changes),
];

async function factsOf(log: MemoryEventLog): Promise<readonly LabEvent[]> {
  const facts: LabEvent[] = [];
  for await (const { events } of log.readLab(labId, 0, null)) facts.push(...events);
  return facts;
}

/** The facts when the program runs at once, and when the process died after the start. */
async function runBothWays(command: readonly string[], deadMs: number) {
  const [punctualLog, lateLog] = [new MemoryEventLog(), new MemoryEventLog()];
  const [punctual, late] = [new ManualTime(), new ManualTime()];
  const whole = await boot(punctualLog, punctual);
  whole.watch();
  for (const body of made({ command })) await whole.send(body);
  await whole.send(startContainer('c1'));
  await punctual.advance(deadMs);

  const dying = await boot(lateLog, late);
  for (const body of made({ command })) await dying.commitOnly(body);
  await dying.commitOnly(startContainer('c1'));
  await late.advance(deadMs);
  const next = await boot(lateLog, late);
  next.watch();
  await next.look();
  await settled();
  return { punctual: await factsOf(punctualLog), late: await factsOf(lateLog), next };
}

describe('a program whose start was committed when the process died', () => {
  test.each([
    ['one that is done at once', ['ip', 'addr']],
    ['one that sends packets', ['ping', '-c', '2', '127.0.0.1']],
    ['one that takes its time', ['sh', '-c', 'ip link; sleep 5; exit 3']],
  ])('leaves the same facts when it is picked up with the lab: %s', async (_, command) => {
    const { punctual, late, next } = await runBothWays(command, 60_000);
    const ending = (facts: readonly LabEvent[]) =>
      facts.filter(({ type }) => type === 'ContainerPrinted' || type === 'ContainerExited');
    expect(ending(punctual)).toHaveLength(2);
    expect(ending(late)).toEqual(ending(punctual));
    expect((await next.look()).status).toBe('exited');
  });

  test('goes on when it is picked up before its end, and ends in time', async () => {
    const [log, time] = [new MemoryEventLog(), new ManualTime()];
    const dying = await boot(log, time);
    const script = ['sh', '-c', 'ip link; sleep 5; exit 3'];
    for (const body of made({ command: script })) await dying.commitOnly(body);
    await dying.commitOnly(startContainer('c1'));
    await time.advance(2_000);
    const next = await boot(log, time);
    next.watch();
    const { startedAt } = await next.look();
    await time.advance(2_900);
    expect(await next.look()).toMatchObject({ status: 'running' });
    await time.advance(200);
    expect(await next.look()).toMatchObject({
      status: 'exited',
      exitCode: 3,
      finishedAt: (startedAt ?? 0) + 5_000,
    });
  });

  test('is left alone when it serves, or waits for someone to type', async () => {
    for (const changes of [{ command: ['top'] }, { command: ['sh'], openStdin: true }]) {
      const [log, time] = [new MemoryEventLog(), new ManualTime()];
      const dying = await boot(log, time);
      for (const body of made(changes)) await dying.commitOnly(body);
      await dying.commitOnly(startContainer('c1'));
      const next = await boot(log, time);
      next.watch();
      await next.look();
      await settled();
      expect((await next.look()).status).toBe('running');
    }
  });
});

test('a program that a restart policy starts again is run again', async () => {
  const [log, time] = [new MemoryEventLog(), new ManualTime()];
  const { watch, send, look } = await boot(log, time);
  watch();
  for (const body of made({ command: ['ip', 'addr'], restartPolicy: always })) await send(body);
  await send(startContainer('c1'));
  // Waits of 0.1, 0.2, 0.4 and 0.8 s: four runs more, and the fifth is due.
  await time.advance(1_550);
  expect(await look()).toMatchObject({ status: 'exited', restartCount: 5 });
  const outputs = (await factsOf(log)).filter(({ type }) => type === 'ContainerPrinted');
  expect(outputs).toHaveLength(5);
});

describe('a program that goes on for ever', () => {
  const start = async (...command: readonly string[]) => {
    const [log, time] = [new MemoryEventLog(), new ManualTime()];
    const whole = await boot(log, time);
    whole.watch();
    for (const body of made({ command })) await whole.send(body);
    await whole.send(startContainer('c1'));
    return { log, container: await whole.look() };
  };

  test('is known ahead for a bounded number of pieces, each at its instant', async () => {
    const { container } = await start('sh', '-c', 'while true; do echo tick; sleep 1; done');
    const { output, startedAt, status, ends } = container;
    expect([status, ends]).toEqual(['running', { at: null, exitCode: 0 }]);
    expect(output).toHaveLength(chunksAheadMax);
    expect(output[chunksAheadMax - 1]).toEqual({
      stream: 'stdout',
      text: 'tick\n',
      at: (startedAt ?? 0) + (chunksAheadMax - 1) * 1_000,
    });
  });

  test('leaves no fact when it says nothing', async () => {
    const { log, container } = await start('tail', '-f', '/dev/null');
    expect(container.ends).toBeNull();
    expect((await factsOf(log)).at(-1)?.type).toBe('ContainerStarted');
  });
});
