import type { Command } from '../command/command.ts';

export const imageCommands: Readonly<Record<string, Command>> = {};
