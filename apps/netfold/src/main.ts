import { runMain } from '@netfold/runtime';

/** The commands that open the database themselves. Each is loaded when it runs. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number | null>>> = {
  up: async (args) => (await import('./server/up.ts')).up(args),
  parked: async (args) => (await import('./operations/parked.ts')).parked(args),
  rebuild: async (args) => (await import('./operations/rebuild.ts')).rebuild(args),
  verify: async (args) => (await import('./operations/verify.ts')).verify(args),
};

const [name = 'up', ...args] = process.argv.slice(2);

await runMain(async () => {
  const exitCode = await commands[name]?.(args);
  return exitCode === undefined ? 2 : exitCode;
});
