import type { FileEntry } from '@netfold/contracts';
import type { Program } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { resolvePath } from './session.ts';
import type { Session } from './session.ts';

const executable = 0o111;

const fileOf = (world: ToolWorld, path: string): FileEntry | null => {
  const place = resolvePath(world.workingDirectory, path);
  return world.files?.find(world.files.follow(place)) ?? null;
};

/** The text of a file that can be run, by its path or in a folder of `PATH`. */
const scriptOf = (
  world: ToolWorld,
  name: string,
): { readonly path: string; readonly text: string } | null => {
  const path = new Map(world.environment).get('PATH') ?? '';
  const places = name.includes('/') ? [name] : path.split(':').map((folder) => `${folder}/${name}`);
  for (const place of places) {
    const entry = fileOf(world, place);
    // A program that the image brings has no text in a lab.
    const isScript = entry?.kind === 'file' && (entry.mode & executable) !== 0;
    if (isScript && entry.content !== '') return { path: place, text: entry.content };
  }
  return null;
};

/** The words that a file begins with: `#!/bin/sh -e`; without them it is the shell's own. */
const interpreterOf = (text: string): readonly string[] => {
  const found = /^#![ \t]*(\S+)[ \t]*(.*)/.exec(text);
  if (found === null) return ['/bin/sh'];
  const [, program = '', argument = ''] = found;
  const isEnv = program.endsWith('/env');
  if (isEnv) return argument.split(/\s+/).filter((word) => word !== '' && word !== '-S');
  return argument === '' ? [program] : [program, argument.trim()];
};

/**
 * A script among the files of a container; `null`: there is none that can be run.
 *
 * @param isThere  whether the place has the program that would read it
 */
export const findScript = (
  world: ToolWorld,
  name: string,
  isThere: (program: string) => boolean,
): Program | null => {
  const found = scriptOf(world, name);
  if (found === null) return null;
  const words = interpreterOf(found.text);
  const [first = ''] = words;
  if (first === name || !isThere(first)) return null;
  return (call) => {
    const program = call.find(call.world, first);
    const argv = [...words, found.path, ...call.argv.slice(1)];
    return program?.({ ...call, argv }) ?? { pieces: [], exitCode: 127, durationMs: 0 };
  };
};

/** Why a shell cannot run a command, in its words. */
export const whyNotRun = (
  { flavour, world, directory }: Session,
  name: string,
): { readonly text: string; readonly status: number } => {
  const entry = name.includes('/') ? fileOf({ ...world, workingDirectory: directory }, name) : null;
  const isBash = flavour === 'bash';
  if (entry !== null) {
    const isFolder = entry.kind === 'directory';
    if (isFolder || (entry.mode & executable) === 0) {
      const problem = isFolder && isBash ? 'Is a directory' : 'Permission denied';
      return { text: `${name}: ${problem}`, status: 126 };
    }
    if (isBash) return { text: `${name}: cannot execute: required file not found`, status: 127 };
  }
  const bash = name.includes('/') ? 'No such file or directory' : 'command not found';
  return { text: `${name}: ${isBash ? bash : 'not found'}`, status: 127 };
};
