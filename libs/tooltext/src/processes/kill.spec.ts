import { createExec, hostIn, labAfter, run } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { typeLine } from '../world/typed-line.fixture.ts';

/** A container that sleeps, `tail -f /dev/null` in it as process 2, and a shell as process 3. */
function begun(user = '') {
  let scene = labAfter(...run('c1', { command: ['sleep', '1d'] }));
  for (const command of [['tail', '-f', '/dev/null'], ['sh']]) {
    scene = scene.when(createExec('c1', command));
    const { execId } = scene.fact('ExecCreated');
    scene = scene.when({ type: 'StartExec', host: 'h1', execId });
  }
  const host = hostIn(scene);
  const [container] = host.containers.values();
  if (container === undefined) throw new Error('the container is not there');
  const [tail, shell] = [...host.execs.values()];
  const place = { lab: scene.lab, labId: 'lab-00000001', host, now: 0 };
  const runAs = { ...asContainer, user, ...(shell === undefined ? {} : { id: shell.id }) };
  return { world: containerWorld(place, container, runAs), execId: tail?.id ?? '' };
}

const typed = (line: string, user = '') => {
  const { stdout, stderr, exitCode } = typeLine(begun(user).world, line);
  return [stdout, stderr, exitCode];
};

// Recorded with BusyBox 1.35 in containers; `env` starts the program, not the shell's builtin.
describe('a signal', () => {
  test.each([
    'kill -0 1',
    'kill 1',
    'kill -9 1',
    'kill -HUP 1',
    'env kill -s TERM 1',
    'killall sleep',
  ])('is nothing to the first process: %s', (line) => {
    const { world } = begun();
    expect(typeLine(world, line)).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    expect(world.processEdits?.commands).toEqual([]);
  });

  test.each([
    ['kill 2', 143],
    ['kill -9 2', 137],
    ['env kill -INT 2', 130],
    ['killall tail', 143],
    ['kill $(pidof tail)', 143],
  ])('ends what an exec started: %s', (line, exitCode) => {
    const { world, execId } = begun();
    const { stdout } = typeLine(world, `${line}; echo $?; pidof tail`);
    expect(stdout).toBe('0\n');
    expect(world.processEdits?.commands).toEqual([
      { type: 'EndExec', host: 'h1', execId, exitCode },
    ]);
  });

  test.each([
    ['kill 4242', "sh: can't kill pid 4242: No such process\n", 1],
    [
      'env kill 1 4242 4243',
      "kill: can't kill pid 4242: No such process\nkill: can't kill pid 4243: No such process\n",
      2,
    ],
    ['kill', 'sh: you need to specify whom to kill\n', 1],
    ['env kill -9', 'kill: you need to specify whom to kill\n', 1],
    ['kill nosuch', "sh: invalid number 'nosuch'\n", 1],
    ['env kill -NOSUCH 1', "kill: bad signal name 'NOSUCH'\n", 1],
    ['env kill -s', "kill: bad signal name 's'\n", 1],
    ['env kill -l NOPE', "kill: unknown signal 'NOPE'\n", 1],
    ['kill %3', 'sh: kill: line 0: %3: no such job\n', 2],
    [
      'killall nosuch other',
      'killall: nosuch: no process killed\nkillall: other: no process killed\n',
      2,
    ],
    ['killall -q nosuch', '', 1],
    ['killall', 'killall: you need to specify whom to kill\n', 1],
  ])('that goes nowhere: %s', (line, stderr, exitCode) => {
    expect(typed(line)).toEqual(['', stderr, exitCode]);
  });

  test('is not for others to send', () => {
    const problem = "can't kill pid 1: Operation not permitted\n";
    expect(typed('kill 1', '1000')).toEqual(['', `sh: ${problem}`, 1]);
    expect(typed('killall sleep', '1000')).toEqual(['', `killall: ${problem}`, 1]);
  });

  test('ends the shell that sends it to itself, or meets its handler', () => {
    expect(typed('kill $$; echo no')).toEqual(['', '', 143]);
    expect(typed('kill -9 $$; echo no')).toEqual(['', '', 137]);
    expect(typed('kill -CONT $$; echo yes')).toEqual(['yes\n', '', 0]);
    expect(typed('trap "echo caught" TERM; kill $$; echo on')).toEqual(['caught\non\n', '', 0]);
  });

  test('has a name and a number', () => {
    expect(typed('kill -l 9; kill -l TERM; kill -l 143')).toEqual(['KILL\n15\nTERM\n', '', 0]);
    expect(typed('env kill -l | head -2')).toEqual([' 1) HUP\n 2) INT\n', '', 0]);
  });
});

test('the kernel tells the words and the name of a process', () => {
  expect(typed('cat /proc/1/cmdline; cat /proc/2/comm')).toEqual(['sleep\x001d\0tail\n', '', 0]);
});

const blank = (text: string): string => `${text.padEnd(33)}\n`;

// Recorded with BusyBox 1.35.
describe('jobs', () => {
  test.each([
    ['sleep 50 & kill $!; wait $!; echo $?', '143\n', 'Terminated\n'],
    ['sleep 50 & kill -9 $!; wait $!; echo $?', '137\n', 'Killed\n'],
    ['sleep 50 & kill -HUP $!; wait $!; echo $?', '129\n', 'Hangup\n'],
    ['sleep 50 & kill %1; echo $?; wait; echo $?', '0\n0\n', ''],
    ['sleep 2 & kill -INT $!; wait $!; echo $?', '0\n', ''],
    ['sleep 100 & jobs', blank('[1]+  Running'), ''],
    ['while true; do sleep 1; done & jobs', blank('[1]+  Running'), ''],
    ['sleep 1d & sleep 2d & jobs', blank('[2]+  Running') + blank('[1]-  Running'), ''],
    ['true & sleep 1; jobs; jobs', blank('[1]+  Done'), ''],
    ['false & sleep 1; jobs', blank('[1]+  Done(1)'), ''],
    ['sleep 1 & wait $!; jobs', blank('[1]+  Done'), ''],
    ['sleep 100 & kill $!; sleep 1; jobs', blank('[1]+  Terminated'), ''],
    ['sleep 100 | cat & jobs', `${'[1]+  Running'.padEnd(33)} | \n`, ''],
    ['sleep 100 & jobs %2; echo $?', '2\n', 'sh: jobs: line 0: %2: no such job\n'],
  ])('%s', (line, stdout, stderr) => {
    expect(typed(line).slice(0, 2)).toEqual([stdout, stderr]);
  });
});
