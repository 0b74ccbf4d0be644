import { printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

/** Whose programs bring packages in, by the program that they come with. */
export const packageManagers: ReadonlyMap<string, string> = new Map([
  ...['npm', 'npx', 'yarn'].map((name) => [name, 'node'] as const),
  ...['pip', 'pip3'].map((name) => [name, 'python'] as const),
  ...['apt', 'apt-get', 'apk', 'yum', 'dnf'].map((name) => [name, name] as const),
]);

/**
 * `npm i`, `apt-get install curl`: there are no packages in a lab, and the step that wants some is
 * taken as done, which is said.
 */
export const packageManager: Tool = (_world, argv) => {
  const line = argv.join(' ');
  return {
    ...printed(''),
    stderr: `netfold: \`${line}\` is taken as done: a lab has no packages\n`,
  };
};
