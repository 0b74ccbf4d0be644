import type { CommandBody, LabEvent } from '@netfold/contracts';
import { healthAt } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import {
  containerSpec,
  CountingEntropy,
  createContainer,
  createLab,
  fileEntry,
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
import { HealthChecks } from './health-checks.ts';

const labId = 'lab-00000001';
const second = 1e9;

async function boot(log = new MemoryEventLog(), time = new ManualTime()) {
  const { clock } = time;
  const parts = { log, model: labModel, timers: time };
  const labs = new FoldedLabs({ ...parts, codeVersion: 'test' });
  const entropy = new CountingEntropy();
  const writer = new LabWriter({ ...parts, labs, partition: 0, clock, entropy });
  await writer.start();
  const problems: string[] = [];
  const checks = new HealthChecks({
    gate: writer,
    timers: time,
    clock,
    onProblem: (problem) => problems.push(problem),
  });
  checks.watch(labs);
  const send = async (body: CommandBody): Promise<void> => {
    expect((await writer.submit(requestOf(labId, body))).outcome).toMatchObject({
      kind: 'accepted',
    });
  };
  const look = async (): Promise<Container> => {
    const lab = (await labs.committed(labId))?.lab;
    const host = lab?.state === 'active' ? lab.hosts.get('h1') : undefined;
    const [container] = host?.containers.values() ?? [];
    if (container === undefined) throw new Error('the container is not there');
    return container;
  };
  return {
    log,
    time,
    send,
    look,
    problems,
    health: async () => healthAt(await look(), clock()),
    probes: async () => {
      const facts: LabEvent[] = [];
      for await (const { events } of log.readLab(labId, 0, null)) facts.push(...events);
      return facts.flatMap((one) => (one.type === 'ContainerHealthProbed' ? [one.data] : []));
    },
  };
}

const checked = (command: string, more: object = {}) => {
  const Healthcheck = { Test: ['CMD-SHELL', command], Interval: second, Retries: 2, ...more };
  const { passThrough } = containerSpec('c1', {});
  return { passThrough: { ...passThrough, config: { Healthcheck } } };
};

/** A container that sleeps and is checked so. */
async function started(command: string, more: object = {}) {
  const whole = await boot();
  await whole.send(createLab('h1'));
  await whole.send(createContainer('c1', { command: ['sleep', '1d'], ...checked(command, more) }));
  await whole.send(startContainer('c1'));
  return whole;
}

const file = (path: string): CommandBody => ({
  type: 'WriteFiles',
  host: 'h1',
  container: 'c1',
  folder: '/',
  keepsKinds: false,
  files: [fileEntry(path, { content: '' })],
});

describe('the health check of a container', () => {
  test('is a fact once while it comes to the same, and every run is shown', async () => {
    const { time, health, probes, problems } = await started('echo fine');
    expect(await health()).toEqual({ status: 'starting', failingStreak: 0, log: [] });
    await time.advance(10_500);
    expect(await probes()).toHaveLength(1);
    const shown = await health();
    expect(shown).toMatchObject({ status: 'healthy', failingStreak: 0 });
    expect(shown?.log.map(({ at, output }) => [at % 60_000, output])).toEqual(
      [6, 7, 8, 9, 10].map((s) => [((time.clock() - 10_500) % 60_000) + s * 1_000, 'fine\n']),
    );
    expect(problems).toEqual([]);
  });

  test('makes it unhealthy after as many failures as retries, and healthy again', async () => {
    const { time, send, health, probes } = await started('test -f /ok');
    await time.advance(1_500);
    expect(await health()).toMatchObject({ status: 'starting', failingStreak: 1 });
    await time.advance(1_000);
    expect(await health()).toMatchObject({ status: 'unhealthy', failingStreak: 2 });
    await time.advance(5_000);
    expect(await health()).toMatchObject({ status: 'unhealthy', failingStreak: 7 });
    await send(file('/ok'));
    await time.advance(1_000);
    expect(await health()).toMatchObject({ status: 'healthy', failingStreak: 0 });
    expect((await probes()).map(({ status }) => status)).toEqual([
      'starting',
      'unhealthy',
      'healthy',
    ]);
  });

  test('does not count failures of its start period', async () => {
    const { time, health } = await started('exit 1', { StartPeriod: 3 * second });
    await time.advance(2_500);
    expect(await health()).toMatchObject({ status: 'starting', failingStreak: 0 });
    await time.advance(2_000);
    expect(await health()).toMatchObject({ status: 'unhealthy', failingStreak: 2 });
  });

  test('fails when it takes too long, or is not there', async () => {
    const slow = await started('sleep 9', { Timeout: second, Retries: 1 });
    await slow.time.advance(2_200);
    const late = { exitCode: -1, output: 'Health check exceeded timeout (1s)' };
    expect(await slow.health()).toMatchObject({ status: 'unhealthy', log: [late] });
    const missing = await started('', { Test: ['CMD', 'nosuch'], Retries: 1 });
    await missing.time.advance(1_200);
    expect((await missing.health())?.log[0]?.output).toBe(
      'OCI runtime exec failed: exec failed: unable to start container process: ' +
        'exec: "nosuch": executable file not found in $PATH: unknown',
    );
  });

  test('ends with the container, is not done while it is paused, and begins anew', async () => {
    const { time, send, health } = await started('echo fine');
    await time.advance(1_500);
    const on = { host: 'h1', container: 'c1' };
    await send({ type: 'PauseContainer', ...on });
    expect(await health()).toMatchObject({ status: 'unhealthy' });
    await time.advance(10_000);
    expect((await health())?.log).toHaveLength(1);
    await send({ type: 'UnpauseContainer', ...on });
    await time.advance(1_500);
    expect(await health()).toMatchObject({ status: 'healthy' });
    await send({ type: 'KillContainer', signal: 'KILL', ...on });
    const stopped = await health();
    expect(stopped).toMatchObject({ status: 'unhealthy' });
    await time.advance(10_000);
    expect(await health()).toEqual(stopped);
    await send(startContainer('c1'));
    expect(await health()).toEqual({ ...stopped, status: 'starting' });
  });

  test('is caught up with when the lab is loaded again', async () => {
    const first = await started('test -f /ok');
    await first.time.advance(500);
    const next = await boot(first.log, new ManualTime(first.time.clock() + 60_000));
    await next.look();
    await next.time.advance(1_000);
    await settled();
    const probes = await next.probes();
    const { startedAt } = await next.look();
    expect(probes.map(({ status, probe }) => [status, probe.at - (startedAt ?? 0)])).toEqual([
      ['starting', 1_000],
      ['unhealthy', 2_000],
    ]);
    expect(await next.health()).toMatchObject({ status: 'unhealthy', failingStreak: 61 });
  });
});
