import type { Command } from '../command/command.ts';
import { contextCommands } from '../context/commands.ts';
import { pluginCommands } from '../plugin/commands.ts';
import { pruneContainers, pruneSystem } from '../prune/commands.ts';
import { registryCommands } from '../registry/commands.ts';

export const systemCommands: Readonly<Record<string, Command>> = {
  ...contextCommands,
  ...pluginCommands,
  ...registryCommands,
  'container prune': pruneContainers,
  'system prune': pruneSystem,
};
