import type { Command } from '../command/command.ts';

export const swarmCommands: Readonly<Record<string, Command>> = {};
