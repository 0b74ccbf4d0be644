import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Clone } from './clone.ts';

let clone: Clone;

beforeEach(() => {
  clone = new Clone();
  clone.link('node');
  clone.write(
    'launch-it.mjs',
    `import { launch } from './deploy/local/launch.mjs';
     launch([new URL('./program.mjs', import.meta.url).pathname, ...process.argv.slice(2)]);`,
  );
});

afterEach(() => clone.remove());

/** A program that says when it is ready, and how it was asked to end. */
const obedient = (signal: string): string => `
  import { writeFileSync } from 'node:fs';
  process.on('${signal}', () => { console.log('got ${signal}'); process.exit(7); });
  writeFileSync(new URL('./ready', import.meta.url), '');
  setInterval(() => {}, 1000);`;

async function untilReady(): Promise<void> {
  while (!existsSync(join(clone.path, 'ready'))) await pause(10);
}

test('the program runs on the pinned Node with arguments and output of the caller', async () => {
  clone.write(
    'program.mjs',
    `console.log(process.versions.node.split('.')[0], ...process.argv.slice(2));`,
  );
  const run = await clone.run('launch-it.mjs', ['--port', '0', 'a b']);
  expect(run).toMatchObject({ code: 0, stdout: '24 --port 0 a b\n', stderr: '' });
});

test('the exit code of the program is passed on', async () => {
  clone.write('program.mjs', 'process.exit(3);');
  expect(await clone.run('launch-it.mjs')).toMatchObject({ code: 3 });
});

test('the death of the program by a signal is passed on', async () => {
  clone.write('program.mjs', "process.kill(process.pid, 'SIGKILL');");
  expect(await clone.run('launch-it.mjs')).toMatchObject({ signal: 'SIGKILL' });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches the program once, and its answer the caller',
  async (signal) => {
    clone.write('program.mjs', obedient(signal));
    const { pid, ended } = clone.start('launch-it.mjs');
    await untilReady();
    process.kill(pid, signal);
    expect(await ended).toMatchObject({ code: 7, stdout: `got ${signal}\n` });
  },
);
