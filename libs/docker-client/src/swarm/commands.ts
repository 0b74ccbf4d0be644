import type { Command } from '../command/command.ts';
import { inspect as inspectNode } from '../node/inspect.ts';
import { list as listNodes } from '../node/list.ts';
import { tasksOfNodes } from '../node/tasks.ts';
import { demote, promote, remove as removeNode, update as updateNode } from '../node/update.ts';
import { configCommands, secretCommands } from '../secret/commands.ts';
import { serviceCommands } from '../swarm-service/commands.ts';
import { stackCommands } from '../stack/commands.ts';
import { init, join, joinToken, leave } from './membership.ts';
import { ca, unlock, unlockKey, update } from './settings.ts';

export const swarmCommands: Readonly<Record<string, Command>> = {
  ...configCommands,
  ...secretCommands,
  ...serviceCommands,
  ...stackCommands,
  'node demote': demote,
  'node inspect': inspectNode,
  'node ls': listNodes,
  'node promote': promote,
  'node ps': tasksOfNodes,
  'node rm': removeNode,
  'node update': updateNode,
  'swarm ca': ca,
  'swarm init': init,
  'swarm join': join,
  'swarm join-token': joinToken,
  'swarm leave': leave,
  'swarm unlock': unlock,
  'swarm unlock-key': unlockKey,
  'swarm update': update,
};
