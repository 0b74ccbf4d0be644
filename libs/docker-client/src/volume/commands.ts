import type { Command } from '../command/command.ts';
import { pruneVolumes } from '../prune/commands.ts';
import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';

export const volumeCommands: Readonly<Record<string, Command>> = {
  'volume create': create,
  'volume inspect': inspect,
  'volume ls': list,
  'volume prune': pruneVolumes,
  'volume rm': remove,
};
