import {
  alpineRelease,
  apkInstalled,
  apkStanza,
  apkWorld,
  installedPackages,
  packagesToInstall,
} from '@netfold/domain';
import type { AlpinePackage } from '@netfold/domain';
import type { Program, ProgramOutput } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { mirrorFailure } from './mirror.ts';
import { Printing } from './printing.ts';
import { fileReader } from './reader.ts';

const httpsPort = 443;
const kibPerMiB = 1_024;
/** apk tells KiB below this. @source apk-tools 3 src/common.c */
const kibMax = 10_000;
const valued = ['-t', '--virtual', '-X', '--repository', '-p', '--root', '--arch'];

const hostOf = (url: string): string => /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? '';

/** `OK: 8449 KiB in 22 packages` */
const total = (packages: Iterable<string>): string => {
  const { baseCount, baseKiB, packages: known } = alpineRelease;
  const names = [...packages];
  const kib = names.reduce((sum, name) => sum + (known.get(name)?.installedKiB ?? 0), baseKiB);
  const size = kib < kibMax ? `${kib} KiB` : `${(kib / kibPerMiB).toFixed(1)} MiB`;
  return `OK: ${size} in ${names.length + baseCount} packages\n`;
};

const repositoriesOf = (world: ToolWorld): readonly string[] =>
  (world.readFile('/etc/apk/repositories') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Warnings about the repositories that cannot be reached. */
const unreached = (world: ToolWorld): readonly string[] =>
  repositoriesOf(world)
    .filter((url) => mirrorFailure(world, { host: hostOf(url), port: httpsPort }) !== null)
    .map((url) => `WARNING: updating and opening ${url}: temporary error (try again later)\n`);

/**
 * `apk add`, `apk del`, `apk update`, `apk info` of Alpine; what is installed stands in the files
 * of the container.
 *
 * @source apk-tools 3.0, as published installations on Alpine 3.23 print it
 */
export const apk: Program = ({ world, argv }) => {
  const words = argv.slice(1);
  const operands = words.filter(
    (word, at) => !word.startsWith('-') && !valued.includes(words[at - 1] ?? ''),
  );
  const [command = '', ...names] = operands;
  const isQuiet = words.some((word) => /^(?:-[a-zA-Z]*q[a-zA-Z]*|--quiet)$/.test(word));
  const printing = new Printing();
  const told = (text: string): void => printing.out(isQuiet ? '' : text);
  const isChange = ['add', 'del', 'update', 'upgrade'].includes(command);
  if (isChange && (world.user !== 'root' || world.files === null)) {
    printing.error(
      'ERROR: Unable to open apk database lock: Permission denied\n' +
        'ERROR: Failed to open apk database: Permission denied\n',
    );
    return printing.end(99);
  }
  const at = { world, printing, told };
  switch (command) {
    case 'add':
      return add(at, names);
    case 'del':
      return remove(at, names);
    case 'update':
    case 'upgrade':
      return refresh(at);
    case 'info':
      printing.out(`${[...installedPackages(fileReader(world)).keys()].toSorted().join('\n')}\n`);
      return printing.end(0);
    default:
      printing.error(`netfold: \`${argv.join(' ')}\` is not simulated\n`);
      return printing.end(1);
  }
};

type At = {
  readonly world: ToolWorld;
  readonly printing: Printing;
  readonly told: (text: string) => void;
};

const bare = (word: string): string => word.replace(/[=<>~@].*$/, '');

/** `apk add` */
const add = ({ world, printing, told }: At, words: readonly string[]): ProgramOutput => {
  const names = words.map(bare);
  const installed = installedPackages(fileReader(world));
  const warnings = unreached(world);
  printing.error(warnings.join(''));
  const isReached = warnings.length === 0;
  const { packages, trigger } = alpineRelease;
  const missing = names.filter(
    (name) => !installed.has(name) && !(isReached && packages.has(name)),
  );
  if (missing.length > 0) {
    const each = missing
      .toSorted()
      .map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`);
    const hint = 'netfold: the mirrors of a lab have the packages of its catalogue alone\n';
    printing.error(`ERROR: unable to select packages:\n${each.join('')}${isReached ? hint : ''}`);
    return printing.end(missing.length);
  }
  const news = packagesToInstall(packages, names, installed, false);
  told(installLines(news));
  if (news.length > 0) told(`Executing ${trigger}\n`);
  const stanzas = news.map((one) => apkStanza(one)).join('');
  const before = world.readFile(apkInstalled) ?? '';
  const known = (world.readFile(apkWorld) ?? '').split('\n').filter((line) => line !== '');
  const asked = [...new Set([...known, ...names])].toSorted();
  if (news.length > 0) world.files?.write(apkInstalled, before + stanzas, false);
  if (asked.length > known.length) world.files?.write(apkWorld, `${asked.join('\n')}\n`, false);
  told(total([...installed.keys(), ...news.map(({ name }) => name)]));
  return printing.end(0);
};

/** `(1/2) Installing libpcap (1.10.7-r0)`, numbers of one width. */
const installLines = (news: readonly AlpinePackage[]): string =>
  news
    .map(({ name, version, hasScript }, at) => {
      const width = String(news.length).length;
      const number = `(${String(at + 1).padStart(width)}/${news.length})`;
      const script = hasScript ? `  Executing ${name}-${version}.post-install\n` : '';
      return `${number} Installing ${name} (${version})\n${script}`;
    })
    .join('');

/** `apk del`: with what came for its sake alone. */
const remove = ({ world, printing, told }: At, names: readonly string[]): ProgramOutput => {
  const installed = installedPackages(fileReader(world));
  const known = (world.readFile(apkWorld) ?? '').split('\n').filter((line) => line !== '');
  const asked = known.filter((name) => !names.includes(name));
  const { packages, trigger } = alpineRelease;
  const needed = new Set(
    packagesToInstall(packages, asked, new Set<string>(), false).map(({ name }) => name),
  );
  const gone = [...installed].filter(([name]) => !needed.has(name)).toReversed();
  const width = String(gone.length).length;
  told(
    gone
      .map(([name, version], at) => {
        const number = `(${String(at + 1).padStart(width)}/${gone.length})`;
        return `${number} Purging ${name} (${version})\n`;
      })
      .join(''),
  );
  if (gone.length > 0) told(`Executing ${trigger}\n`);
  const left = [...installed].filter(([name]) => needed.has(name));
  const stanzas = left.map(([name, version]) => apkStanza({ name, version }));
  if (gone.length > 0) world.files?.write(apkInstalled, stanzas.join(''), false);
  if (asked.length < known.length) world.files?.write(apkWorld, `${asked.join('\n')}\n`, false);
  told(total(left.map(([name]) => name)));
  return printing.end(0);
};

/** `apk update`, and `apk upgrade`, which finds nothing newer. */
const refresh = ({ world, printing, told }: At): ProgramOutput => {
  const warnings = unreached(world);
  printing.error(warnings.join(''));
  if (warnings.length > 0) {
    printing.out(`${warnings.length} unavailable, 0 stale; 16 distinct packages available\n`);
    return printing.end(warnings.length);
  }
  const { repositories, version, packages } = alpineRelease;
  told(repositories.map((url) => `v${version} [${url}]\n`).join(''));
  told(`OK: ${packages.size} distinct packages available\n`);
  return printing.end(0);
};
