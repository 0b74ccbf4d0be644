import type { Command } from '../command/command.ts';
import { pruneNetworks } from '../prune/commands.ts';
import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { connect, disconnect } from './membership.ts';
import { remove } from './remove.ts';

export const networkCommands: Readonly<Record<string, Command>> = {
  'network connect': connect,
  'network create': create,
  'network disconnect': disconnect,
  'network inspect': inspect,
  'network ls': list,
  'network prune': pruneNetworks,
  'network rm': remove,
};
