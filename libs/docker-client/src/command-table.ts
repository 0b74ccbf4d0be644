import type { Command } from './command/command.ts';
import { containerCommands } from './container/commands.ts';
import { imageCommands } from './image/commands.ts';
import { networkCommands } from './network/commands.ts';
import { swarmCommands } from './swarm/commands.ts';
import { systemCommands } from './system/commands.ts';
import { volumeCommands } from './volume/commands.ts';

/** What a command of one word stands for: `docker ps` is `docker container ls`. */
const shortForms: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'attach commit cp create diff exec export kill logs pause port rename restart rm run ' +
      'start stats stop top unpause update wait'
    )
      .split(' ')
      .map((name) => [name, `container ${name}`]),
  ),
  ps: 'container ls',
  ...Object.fromEntries(
    'build history import load pull push save tag'
      .split(' ')
      .map((name) => [name, `image ${name}`]),
  ),
  images: 'image ls',
  rmi: 'image rm',
  events: 'system events',
  info: 'system info',
  'builder build': 'image build',
};

/** By the words of its full name: `container ls`, `version`. */
const commands: Readonly<Record<string, Command>> = {
  ...containerCommands,
  ...imageCommands,
  ...networkCommands,
  ...volumeCommands,
  ...systemCommands,
  ...swarmCommands,
};

/** The command of that name or short form; `null`: nobody plays it. */
export const commandNamed = (name: string): Command | null =>
  commands[shortForms[name] ?? name] ?? null;
