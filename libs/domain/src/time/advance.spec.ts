import type { CommandBody, RestartPolicySpec } from '@netfold/contracts';
import { dueAt, printedOutput } from '@netfold/domain';
import {
  containerIn,
  createContainer,
  hostIn,
  labAfter,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type ProcessEnd = Extract<CommandBody, { type: 'EndContainerProcess' }>;

const advance = (to: number): CommandBody => ({ type: 'AdvanceTime', to });
const sleep = (seconds: string, restartPolicy?: Partial<RestartPolicySpec>) => ({
  command: ['sleep', seconds],
  restartPolicy: { name: '', maximumRetryCount: 0, ...restartPolicy },
});
const crash = (script: string, restartPolicy: Partial<RestartPolicySpec>) => ({
  command: ['sh', '-c', script],
  restartPolicy: { name: 'always', maximumRetryCount: 0, ...restartPolicy },
});

describe('a process that ends by itself', () => {
  test('is due at its end, and its end is dated so however late it is noticed', () => {
    const scene = labAfter(...run('c1', sleep('5')));
    const started = scene.fact('ContainerStarted').startedAt;
    expect(dueAt(scene.lab)).toBe(started + 5_000);
    const late = scene.when(advance(started + 60_000), started + 60_000);
    expect(late.fact('ContainerExited')).toMatchObject({
      exitCode: 0,
      cause: 'ownEnd',
      finishedAt: started + 5_000,
    });
    expect(dueAt(late.lab)).toBeNull();
    expect(hostIn(late).endpoints.size).toBe(0);
  });

  test('goes on before its time', () => {
    const scene = labAfter(...run('c1', sleep('5')));
    const { startedAt } = scene.fact('ContainerStarted');
    scene.when(advance(startedAt + 4_999), startedAt + 4_999).thenFacts('TimeAdvanced');
  });

  test('ends before the command that noticed it is decided', () => {
    const scene = labAfter(...run('c1', sleep('5')));
    const { startedAt } = scene.fact('ContainerStarted');
    const stopped = scene.when(stopContainer('c1'), startedAt + 6_000);
    stopped.thenRefused('notModified', 'Container is already stopped');
    expect(stopped.fact('ContainerExited').finishedAt).toBe(startedAt + 5_000);
  });

  test('falls due in the order of the instants', () => {
    const scene = labAfter(...run('c1', sleep('9')), ...run('c2', sleep('3')));
    const to = scene.lab.time + 20_000;
    const exits = scene.when(advance(to), to).facts('ContainerExited');
    expect(exits.map((exit) => exit.containerId)).toEqual([
      containerIn(scene, 'c2').id,
      containerIn(scene, 'c1').id,
    ]);
  });

  test('is not due while it is paused', () => {
    const scene = labAfter(...run('c1', sleep('5')), {
      type: 'PauseContainer',
      host: 'h1',
      container: 'c1',
    });
    expect(dueAt(scene.lab)).toBeNull();
    const later = scene.lab.time + 60_000;
    const thawed = scene.when({ type: 'UnpauseContainer', host: 'h1', container: 'c1' }, later);
    expect(dueAt(thawed.lab)).toBe(later);
  });

  test('removes what was to be removed at its end', () => {
    const scene = labAfter(...run('c1', { ...sleep('5'), autoRemove: true }));
    const to = scene.lab.time + 5_000;
    expect(hostIn(scene.when(advance(to), to)).containers.size).toBe(0);
  });
});

describe('a restart policy', () => {
  test('starts again after a wait that doubles', () => {
    const scene = labAfter(...run('c1', crash('sleep 1; exit 3', {})));
    const start = scene.fact('ContainerStarted').startedAt;
    const to = start + 3_500;
    const later = scene.when(advance(to), to);
    expect(later.facts('ContainerExited')).toMatchObject([
      { exitCode: 3, finishedAt: start + 1_000, restartsAt: start + 1_100 },
      { exitCode: 3, finishedAt: start + 2_100, restartsAt: start + 2_300 },
      { exitCode: 3, finishedAt: start + 3_300, restartsAt: start + 3_700 },
    ]);
    expect(containerIn(later, 'c1')).toMatchObject({
      status: 'exited',
      restartCount: 3,
      restartsAt: start + 3_700,
    });
  });

  test('waits but shortly after a run that lasted', () => {
    const scene = labAfter(...run('c1', crash('sleep 12', {})));
    const start = scene.fact('ContainerStarted').startedAt;
    const to = start + 25_000;
    const exits = scene.when(advance(to), to).facts('ContainerExited');
    expect(exits.map((exit) => exit.restartDelayMs)).toEqual([100, 100]);
  });

  test('on failure leaves alone what ended well, and gives up after its count', () => {
    const well = labAfter(...run('c1', crash('sleep 1', { name: 'on-failure' })));
    const to = well.lab.time + 5_000;
    expect(containerIn(well.when(advance(to), to), 'c1').restartCount).toBe(0);
    const badly = labAfter(
      ...run('c1', crash('sleep 1; false', { name: 'on-failure', maximumRetryCount: 2 })),
    );
    const down = badly.when(advance(to), to);
    expect(down.facts('ContainerExited')).toHaveLength(3);
    expect(containerIn(down, 'c1')).toMatchObject({ restartCount: 2, restartsAt: null });
    expect(dueAt(down.lab)).toBeNull();
  });

  test('leaves alone what was stopped by hand, also between two runs', () => {
    const scene = labAfter(...run('c1', crash('sleep 1', {})), stopContainer('c1'));
    expect(dueAt(scene.lab)).toBeNull();
    const looping = labAfter(...run('c1', crash('sleep 1', {})));
    const between = looping.lab.time + 1_050;
    const waiting = looping.when(advance(between), between);
    expect(containerIn(waiting, 'c1').restartsAt).toBe(looping.lab.time + 1_100);
    const stopped = waiting.when(stopContainer('c1'));
    expect(containerIn(stopped, 'c1')).toMatchObject({ restartsAt: null, exitCode: 0 });
    expect(dueAt(stopped.lab)).toBeNull();
  });

  test('makes a container that waits refuse what needs it to run', () => {
    const looping = labAfter(...run('c1', crash('sleep 1', {})));
    const between = looping.lab.time + 1_050;
    const waiting = looping.when(advance(between), between);
    const { id } = containerIn(waiting, 'c1');
    waiting
      .when({ type: 'PauseContainer', host: 'h1', container: 'c1' })
      .thenRefused(
        'conflict',
        `Container ${id} is restarting, wait until the container is running`,
      );
    waiting
      .when({ type: 'RemoveContainer', host: 'h1', container: 'c1', force: false, link: false })
      .thenRefused('conflict', /^You cannot remove a restarting container /);
    waiting.when(startContainer('c1')).thenRefused('notModified', 'Container is already started');
  });

  test('counts a long absence in one fact', () => {
    const scene = labAfter(...run('c1', crash('sleep 1; false', {})));
    const day = scene.lab.time + 86_400_000;
    const later = scene.when(advance(day), day);
    expect(later.events.length).toBeLessThan(200);
    const skipped = later.facts('ContainerRestarted').find((fact) => fact.count !== undefined);
    // 61 s each once the wait is as long as it gets: about 1,416 in a day.
    expect(skipped?.count).toBeGreaterThan(1_300);
    expect(containerIn(later, 'c1').restartCount).toBeGreaterThan(1_300);
    expect(dueAt(later.lab)).toBeGreaterThan(day);
    expect((dueAt(later.lab) ?? 0) - day).toBeLessThan(61_000);
  });

  test('a late wake-up and punctual ones leave the same lab', () => {
    const scene = labAfter(...run('c1', crash('sleep 1; false', {})));
    const to = scene.lab.time + 9_000;
    const late = containerIn(scene.when(advance(to), to), 'c1');
    let punctual = scene;
    for (let due = dueAt(punctual.lab); due !== null && due <= to; due = dueAt(punctual.lab)) {
      punctual = punctual.when(advance(due), due);
    }
    const { restartCount, restartsAt, finishedAt, startedAt } = containerIn(punctual, 'c1');
    expect(late).toMatchObject({ restartCount, restartsAt, finishedAt, startedAt });
  });
});

describe('a program whose end others tell', () => {
  const always: RestartPolicySpec = { name: 'always', maximumRetryCount: 0 };
  const made = labAfter(createContainer('c1', { command: ['ip', 'addr'] }), startContainer('c1'));
  const { processId } = made.fact('ContainerStarted');
  const end = (id: number, output: readonly string[] = []): ProcessEnd => ({
    type: 'EndContainerProcess',
    host: 'h1',
    container: 'c1',
    processId: id,
    exitCode: 2,
    output: output.map((text) => ({ stream: 'stdout', text, at: made.lab.time })),
  });

  test('prints and exits', () => {
    const scene = made.when(end(processId, ['hello\n']));
    expect(scene.events[0]?.type).toBe('ContainerPrinted');
    expect(scene.fact('ContainerExited')).toMatchObject({ exitCode: 2, cause: 'ownEnd' });
    expect(containerIn(scene, 'c1').output.map((chunk) => chunk.text)).toEqual(['hello\n']);
  });

  test('a second word, or one about another run, changes nothing', () => {
    made.when(end(processId)).when(end(processId)).thenAccepted().thenFacts();
    made
      .when(end(processId + 7))
      .thenAccepted()
      .thenFacts();
  });

  describe('at an instant of its own', () => {
    const startedAt = made.lab.time;
    const endAt = (endsAt: number, now = startedAt) =>
      made.when({ ...end(processId, ['hello\n']), endsAt }, now);

    test('goes on until then, and ends by itself', () => {
      const scene = endAt(startedAt + 5_000);
      scene.thenFacts('ContainerPrinted', 'ContainerEndForeseen');
      expect(dueAt(scene.lab)).toBe(startedAt + 5_000);
      const later = scene.when(advance(startedAt + 60_000), startedAt + 60_000);
      expect(later.fact('ContainerExited')).toMatchObject({
        exitCode: 2,
        finishedAt: startedAt + 5_000,
      });
    });

    test('leaves the same container when that is said late', () => {
      const now = startedAt + 60_000;
      const punctual = endAt(startedAt + 5_000).when(advance(now), now);
      const late = endAt(startedAt + 5_000, now);
      expect(containerIn(late, 'c1')).toEqual({
        ...containerIn(punctual, 'c1'),
        ends: containerIn(late, 'c1').ends,
      });
    });

    test('a second word changes nothing', () => {
      const scene = endAt(startedAt + 5_000);
      const again = { ...end(processId, ['more\n']), endsAt: startedAt + 9_000 };
      scene.when(again).thenAccepted().thenFacts();
    });

    const printing = (...offsets: readonly number[]): CommandBody => ({
      ...end(processId),
      output: offsets.map((ms) => ({ stream: 'stdout', text: `${ms}\n`, at: startedAt + ms })),
      endsAt: null,
    });
    const printedBy = (scene: typeof made, ms: number) =>
      printedOutput(containerIn(scene, 'c1'), startedAt + ms).map(({ text }) => text.trim());

    test('never ends by itself, prints in time, and no more once it is stopped', () => {
      const scene = made.when(printing(0, 1_000, 2_000, 3_000), startedAt);
      scene.thenFacts('ContainerPrinted', 'ContainerEndForeseen');
      expect(dueAt(scene.lab)).toBeNull();
      expect(printedBy(scene, 1_500)).toEqual(['0', '1000']);
      const kill: CommandBody = { type: 'KillContainer', host: 'h1', container: 'c1', signal: '' };
      const killed = scene.when(kill, startedAt + 2_500);
      expect(printedBy(killed, 60_000)).toEqual(['0', '1000', '2000']);
    });

    test('prints later what a pause held up', () => {
      const at = { host: 'h1', container: 'c1' };
      const scene = made
        .when(printing(0, 1_000, 2_000), startedAt)
        .when({ type: 'PauseContainer', ...at }, startedAt + 500);
      expect(printedBy(scene, 60_000)).toEqual(['0']);
      const thawed = scene.when({ type: 'UnpauseContainer', ...at }, startedAt + 10_500);
      expect(printedBy(thawed, 10_999)).toEqual(['0']);
      expect(printedBy(thawed, 11_000)).toEqual(['0', '1000']);
    });

    test('does not end while it is frozen', () => {
      const frozen = made.when({ type: 'PauseContainer', host: 'h1', container: 'c1' });
      const told = frozen.when({ ...end(processId), endsAt: startedAt });
      expect(containerIn(told, 'c1').status).toBe('paused');
      expect(dueAt(told.lab)).toBeNull();
      const thawed = told.when({ type: 'UnpauseContainer', host: 'h1', container: 'c1' });
      expect(dueAt(thawed.lab)).not.toBeNull();
    });
  });

  test('that always fails is counted in one fact after a long absence', () => {
    const looping = labAfter(
      ...run('c1', { command: ['ip', 'nonsense'], restartPolicy: { ...always } }),
    );
    const { processId: first, startedAt } = looping.fact('ContainerStarted');
    const body = { ...end(first), endsAt: startedAt };
    const waiting = looping.when(body);
    const day = startedAt + 86_400_000;
    const later = waiting.when(advance(day), day);
    expect(later.events.length).toBeLessThan(20);
    // 60 s each once the wait is as long as it gets: 1,440 in a day.
    expect(later.facts('ContainerRestarted')[0]?.count).toBeGreaterThan(1_400);
  });

  test('keeps a bounded output', () => {
    const long = 'x'.repeat(200_000);
    const scene = made.when(end(processId, [long, long]));
    expect(containerIn(scene, 'c1').output).toHaveLength(1);
  });
});
