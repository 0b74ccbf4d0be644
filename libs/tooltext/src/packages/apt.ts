import { debianRelease, dpkgStanza, dpkgStatus, installedPackages } from '@netfold/domain';
import type { DebianRelease } from '@netfold/domain';
import type { Program, ProgramOutput } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { piecesOf } from '../pieces-of.ts';
import { aptInstall, bareName, filesOn, lockProblem, mayGoOn } from './apt-install.ts';
import type { AptRequest } from './apt-install.ts';
import { dpkgName, nameList, sizeText } from './apt-text.ts';
import { aptUpdate } from './apt-update.ts';
import { Printing } from './printing.ts';
import { fileReader } from './reader.ts';

const valued = ['-o', '--option', '-t', '--target-release', '-c', '--config-file'];
const bytesPerKiB = 1_024;

type Words = { readonly options: readonly string[]; readonly operands: readonly string[] };

const readWords = (words: readonly string[]): Words => {
  const options: string[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) operands.push(word);
    else {
      options.push(word);
      if (valued.includes(word)) at += 1;
    }
  }
  return { options, operands };
};

const longOptions: Readonly<Record<string, string>> = {
  '--yes': 'y',
  '--assume-yes': 'y',
  '--quiet': 'q',
};

/** Letters of `-yqq` and of long options that have one. */
const lettersOf = (options: readonly string[]): string =>
  options
    .map((option) => longOptions[option] ?? (option.startsWith('--') ? '' : option.slice(1)))
    .join('');

/**
 * `apt-get` and `apt` of Debian and Ubuntu. What is installed stands in the files of the container:
 * it lasts, goes with it, and goes into images as everything that a program writes.
 *
 * @source apt 2.6.1 and 2.4.14 in a minimal installation
 */
export const apt: Program = (call) => {
  const output = aptGet(call);
  const isScripted = call.argv[0]?.endsWith('apt') === true && call.world.hasTerminal !== true;
  if (!isScripted) return output;
  return { ...output, pieces: [{ stream: 'stderr', text: unstable }, ...output.pieces] };
};

/** What `apt` says to whoever is no terminal. */
const unstable =
  '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n';

const aptGet: Program = ({ world, argv, stdin }) => {
  const { options, operands } = readWords(argv.slice(1));
  const [command = '', ...names] = operands;
  if (world.place === 'host') return aptOnHost(world, command, names);
  const letters = lettersOf(options);
  const quiet = letters.split('q').length - 1;
  const release = debianRelease(fileReader(world));
  const request: AptRequest = {
    names,
    isYes: letters.includes('y') || quiet > 1,
    withRecommended:
      !options.includes('--no-install-recommends') &&
      !argv.some((word) => /Install-Recommends=(?:0|false|no)/i.test(word)),
    quiet,
    answer: () => stdin.text,
  };
  switch (command) {
    case 'update': {
      const output = aptUpdate(world, release, quiet > 1);
      return { pieces: piecesOf(output), exitCode: output.exitCode, durationMs: 0 };
    }
    case 'install':
      return aptInstall(world, release, request);
    case 'remove':
    case 'purge':
      return aptRemove(world, release, { ...request, isPurge: command === 'purge' });
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      return nothingToDo(world, request, 'Calculating upgrade...\n');
    case 'autoremove':
      return nothingToDo(world, request, '');
    case 'clean':
    case 'autoclean':
      return new Printing().end(0);
    default:
      return notSimulated(argv, command);
  }
};

/** A lab host has the tools that a lab knows, and gets no others. */
const aptOnHost = (world: ToolWorld, command: string, names: readonly string[]): ProgramOutput => {
  const printing = new Printing();
  const { packages, indexes } = debianRelease(fileReader(world));
  const counts = '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n';
  if (command === 'update') {
    const signed = indexes.filter(({ component }) => component === null);
    const hits = signed.map(
      ({ archive, suite }, at) => `Hit:${at + 1} ${archive} ${suite} InRelease\n`,
    );
    printing.out(`${hits.join('')}Reading package lists...\n`);
    return printing.end(0);
  }
  printing.out(readingLines);
  const unknown = names.map(bareName).filter((name) => !packages.has(name));
  if (command !== 'install' || unknown.length > 0) {
    const told = unknown.map((name) => `E: Unable to locate package ${name}\n`).join('');
    printing.error(`${told}netfold: the packages of a lab host are as they are\n`);
    return printing.end(100);
  }
  for (const name of names.map(bareName)) {
    const version = packages.get(name)?.version ?? '';
    printing.out(`${name} is already the newest version (${version}).\n`);
  }
  printing.out(counts);
  return printing.end(0);
};

const notSimulated = (argv: readonly string[], command: string): ProgramOutput => {
  const printing = new Printing();
  printing.error(
    command === ''
      ? `netfold: \`${argv[0] ?? ''}\` is simulated with a command only: update, install, remove\n`
      : `E: Invalid operation ${command}\n`,
  );
  return printing.end(100);
};

const readingLines =
  'Reading package lists...\nBuilding dependency tree...\nReading state information...\n';

const nothingToDo = (world: ToolWorld, { quiet }: AptRequest, more: string): ProgramOutput => {
  const printing = new Printing();
  if (world.user !== 'root') {
    printing.error(lockProblem);
    return printing.end(100);
  }
  const counts = '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n';
  printing.out(quiet > 1 ? '' : readingLines + more + counts);
  return printing.end(0);
};

/** `apt-get remove`, `apt-get purge`: with what needs them. */
const aptRemove = (
  world: ToolWorld,
  release: DebianRelease,
  { names, isYes, answer, isPurge }: AptRequest & { readonly isPurge: boolean },
): ProgramOutput => {
  const printing = new Printing();
  if (world.user !== 'root' || world.files === null) {
    printing.error(lockProblem);
    return printing.end(100);
  }
  const { packages } = release;
  const installed = installedPackages(fileReader(world));
  printing.out(readingLines);
  const asked = names.map(bareName);
  const unknown = asked.filter((name) => !installed.has(name) && !packages.has(name));
  if (unknown.length > 0) {
    printing.error(unknown.map((name) => `E: Unable to locate package ${name}\n`).join(''));
    return printing.end(100);
  }
  const absent = asked.filter((name) => !installed.has(name));
  printing.out(
    absent.map((name) => `Package '${name}' is not installed, so not removed\n`).join(''),
  );
  const gone = withDependents(release, asked, installed);
  const rows = [...packages.values()].filter(({ name }) => gone.has(name));
  const star = isPurge ? '*' : '';
  const shown = rows.map(({ name }) => name + star).toSorted();
  printing.out(nameList('The following packages will be REMOVED:', shown));
  const counts = `0 upgraded, 0 newly installed, ${rows.length} to remove and 0 not upgraded.\n`;
  printing.out(counts);
  if (rows.length === 0) return printing.end(0);
  const kib = rows.reduce((sum, one) => sum + one.installedKiB, 0);
  printing.out(`After this operation, ${sizeText(kib * bytesPerKiB)} disk space will be freed.\n`);
  if (!isYes && !mayGoOn(world, answer(), printing)) return printing.end(1);
  const files = filesOn(world, release);
  printing.out(`(Reading database ... ${files} files and directories currently installed.)\n`);
  printing.out(rows.map((one) => `Removing ${dpkgName(one)} (${one.version}) ...\n`).join(''));
  const left = [...installed].filter(([name]) => !gone.has(name));
  const stanzas = left.map(([name, version]) =>
    dpkgStanza({ name, version }, packages.get(name)?.architecture ?? 'amd64'),
  );
  world.files.write(dpkgStatus, stanzas.join(''), false);
  return printing.end(0);
};

const withDependents = (
  { packages }: DebianRelease,
  asked: readonly string[],
  installed: ReadonlyMap<string, string>,
): ReadonlySet<string> => {
  const gone = new Set(asked.filter((name) => installed.has(name)));
  // Each round finds at least one more, or is the last.
  for (let before = -1; before < gone.size;) {
    before = gone.size;
    for (const name of installed.keys()) {
      if (packages.get(name)?.depends.some((one) => gone.has(one)) === true) gone.add(name);
    }
  }
  return gone;
};
