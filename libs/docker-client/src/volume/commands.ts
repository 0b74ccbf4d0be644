import type { Command } from '../command/command.ts';

export const volumeCommands: Readonly<Record<string, Command>> = {};
