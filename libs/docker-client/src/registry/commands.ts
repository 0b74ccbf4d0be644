import type { Command } from '../command/command.ts';
import { login, logout } from './login.ts';
import { manifestCommands, trustCommands } from './manifest.ts';
import { search } from './search.ts';

export const registryCommands: Readonly<Record<string, Command>> = {
  ...manifestCommands,
  ...trustCommands,
  login,
  logout,
  search,
};
