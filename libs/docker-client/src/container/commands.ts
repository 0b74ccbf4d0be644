import type { Command } from '../command/command.ts';

export const containerCommands: Readonly<Record<string, Command>> = {};
