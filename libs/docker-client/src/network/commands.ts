import type { Command } from '../command/command.ts';

export const networkCommands: Readonly<Record<string, Command>> = {};
