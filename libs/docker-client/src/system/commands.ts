import type { Command } from '../command/command.ts';

export const systemCommands: Readonly<Record<string, Command>> = {};
