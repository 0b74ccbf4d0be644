import type { Command } from '../command/command.ts';
import { contextCommands } from '../context/commands.ts';
import { pluginCommands } from '../plugin/commands.ts';
import { pruneContainers, pruneSystem } from '../prune/commands.ts';
import { registryCommands } from '../registry/commands.ts';
import { diskUsage } from './disk-usage.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { inspect } from './inspect.ts';
import { version } from './version.ts';

export const systemCommands: Readonly<Record<string, Command>> = {
  ...contextCommands,
  ...pluginCommands,
  ...registryCommands,
  'container prune': pruneContainers,
  inspect,
  'system df': diskUsage,
  'system events': events,
  'system info': info,
  'system prune': pruneSystem,
  version,
};
