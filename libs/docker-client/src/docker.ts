import type { ClientCall, ClientOutput } from './client-call.ts';
import { commandNamed } from './command-table.ts';
import { ClientError } from './command/client-error.ts';
import { atLeast } from './command/command.ts';
import type { Command } from './command/command.ts';
import { readLine, rulesOf } from './command/command-line.ts';
import { Engine, StillWaiting } from './command/engine.ts';
import {
  aliasesOf,
  flagsIn,
  helpOf,
  subcommandsOf,
  summaryOf,
  usageLineOf,
} from './command/flag-table.ts';
import { Printer } from './command/printer.ts';

const clientVersion = 'Docker version 20.10.24+dfsg1, build 297e128';

/**
 * `docker` of version 20.10 as a shell of a lab host starts it: the genuine client's requests and
 * its words. What it cannot do ends with a message that says so.
 */
export const docker = (call: ClientCall): ClientOutput => {
  const out = new Printer();
  const exitCode = ending(out, () => run(call, out));
  return { pieces: out.pieces, exitCode, durationMs: out.durationMs };
};

const ending = (out: Printer, run: () => number): number => {
  try {
    return run();
  } catch (error) {
    if (error instanceof StillWaiting) {
      out.pass([], true);
      return 0;
    }
    if (!(error instanceof ClientError)) throw error;
    if (error.message !== '') out.warn(error.message);
    return error.exitCode;
  }
};

const run = (call: ClientCall, out: Printer): number => {
  const globals = { flags: flagsIn(helpOf('')), stopsAtWord: true, checks: {} };
  const line = readLine('', globals, call.argv);
  if (line.kind === 'help') return showHelp(out, '', line.isByShorthand);
  if (line.flags.isOn('version')) {
    out.line(clientVersion);
    return 0;
  }
  refuseElsewhere(line.flags.list('host'), line.flags.text('context'));
  const [first] = line.words;
  if (first === undefined) {
    out.warn(helpOf('').replace(/\n$/, ''));
    return 0;
  }
  if (first === 'help') return explain(out, line.words.slice(1));
  const found = find(line.words);
  if (found === null) {
    throw new ClientError(`docker: '${first}' is not a docker command.\nSee 'docker --help'`);
  }
  return subcommandsOf(found.name).length > 0 ? runGroup(out, found) : runCommand(call, out, found);
};

/** The client of a lab host speaks with the engine of that host alone. */
const refuseElsewhere = (hosts: readonly string[], context: string): void => {
  const other = hosts.find((host) => host !== 'unix:///var/run/docker.sock');
  if (other !== undefined) {
    throw new ClientError(
      `Cannot connect to the Docker daemon at ${other}. Is the docker daemon running?`,
    );
  }
  if (context !== '' && context !== 'default') {
    throw new ClientError(
      `Current context "${context}" is not found on the file system, ` +
        'please check your config file at /root/.docker/config.json',
    );
  }
};

type Found = { readonly name: string; readonly rest: readonly string[] };

/** The longest name that the words begin with; `null`: there is no such command. */
const find = (words: readonly string[]): Found | null => {
  let name = '';
  let rest = words;
  for (;;) {
    const [word = ''] = rest;
    const next = subcommandsOf(name).find((one) => isNamed(name, one, word));
    if (next === undefined) break;
    name = `${name} ${next}`.trim();
    rest = rest.slice(1);
  }
  return name === '' ? null : { name, rest };
};

const isNamed = (group: string, name: string, word: string): boolean => {
  if (name === word) return true;
  return group !== '' && aliasesOf(`${group} ${name}`).includes(word);
};

/** `docker network` alone, or with a word that it does not know. */
const runGroup = (out: Printer, { name, rest }: Found): number => {
  const line = readLine(name, { flags: [], stopsAtWord: false, checks: {} }, rest);
  if (line.kind === 'help') return showHelp(out, name, line.isByShorthand);
  if (line.words.length > 0) throw new ClientError(helpOf(name).replace(/\n+$/, ''));
  out.warn(helpOf(name).replace(/\n$/, ''));
  return 0;
};

/** Its line is read like any other; then it says that nobody plays it. */
const unplayed: Command = {
  words: atLeast(0),
  run: ({ name }) => {
    throw new ClientError(`netfold: \`docker ${name}\` is not played by the shell of a lab host`);
  },
};

const runCommand = (call: ClientCall, out: Printer, { name, rest }: Found): number => {
  const command = commandNamed(name) ?? unplayed;
  const line = readLine(name, rulesOf(name, command), rest);
  if (line.kind === 'help') return showHelp(out, name, line.isByShorthand);
  refuseWordCount(name, command, line.words.length);
  const { stdin, environment, now, readFile } = call;
  const engine = new Engine(call.ask);
  const { flags, words } = line;
  const made = { name, flags, words, engine, out, stdin, environment, now, readFile };
  return command.run(made) ?? 0;
};

/** @source docker/cli v20.10 cli/required.go */
const refuseWordCount = (name: string, { words }: Command, count: number): void => {
  const { min, max } = words;
  if (count >= min && count <= max) return;
  const told = wordCountText(min, max);
  const path = `docker ${name}`;
  throw new ClientError(
    `"${path}" ${told}.\nSee '${path} --help'.\n\n` +
      `Usage:  ${usageLineOf(name)}\n\n${summaryOf(name)}`,
  );
};

const wordCountText = (min: number, max: number): string => {
  const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;
  if (max === 0) return 'accepts no arguments';
  if (min === max) return `requires exactly ${counted(min)}`;
  if (max === Infinity) return `requires at least ${counted(min)}`;
  if (min === 0) return `requires at most ${counted(max)}`;
  return `requires at least ${min} and at most ${counted(max)}`;
};

const showHelp = (out: Printer, name: string, isByShorthand: boolean): number => {
  if (isByShorthand) out.line('Flag shorthand -h has been deprecated, please use --help');
  out.print(helpOf(name));
  return 0;
};

/** `docker help network ls` */
const explain = (out: Printer, words: readonly string[]): number => {
  const found = words.length === 0 ? { name: '', rest: [] } : find(words);
  if (found === null || found.rest.length > 0) {
    throw new ClientError(`unknown help topic: ${words.join(' ')}`);
  }
  out.print(helpOf(found.name));
  return 0;
};
