import { dpkgStanza, dpkgStatus, installedPackages, packagesToInstall } from '@netfold/domain';
import type { DebianPackage, DebianRelease } from '@netfold/domain';
import type { ProgramOutput } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { failureLines, fetchFailures } from './apt-fetch.ts';
import { dpkgName, fetchedLine, nameList, sizeText } from './apt-text.ts';
import { hasAptLists } from './apt-update.ts';
import { Printing } from './printing.ts';
import { setUpLines } from './set-up.ts';
import { fileReader } from './reader.ts';

export type AptRequest = {
  readonly names: readonly string[];
  readonly isYes: boolean;
  readonly withRecommended: boolean;
  /** How many `-q`: two leave only what dpkg prints. */
  readonly quiet: number;
  /** What stands on stdin. */
  readonly answer: () => string;
};

const readingLines =
  'Reading package lists...\nBuilding dependency tree...\nReading state information...\n';
const bytesPerKiB = 1_024;

export const lockProblem =
  'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n' +
  'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n';

/** `curl=7.88.1-10`, `curl:amd64`, `curl/bookworm` */
export const bareName = (word: string): string => word.replace(/[=/:].*$/, '');

/** `apt-get install` */
export const aptInstall = (
  world: ToolWorld,
  release: DebianRelease,
  request: AptRequest,
): ProgramOutput => {
  const printing = new Printing();
  if (world.user !== 'root' || world.files === null) {
    printing.error(lockProblem);
    return printing.end(100);
  }
  const told = (text: string): void => printing.out(request.quiet > 1 ? '' : text);
  told(readingLines);
  const installed = installedPackages(fileReader(world));
  const names = request.names.map(bareName);
  const problem = namesProblem(world, release, names, installed);
  if (problem !== '') {
    printing.error(problem);
    return printing.end(100);
  }
  for (const name of names) {
    const version = installed.get(name);
    if (version !== undefined) told(`${name} is already the newest version (${version}).\n`);
  }
  const { packages } = release;
  const news = packagesToInstall(packages, names, installed, request.withRecommended);
  told(summary(release, news, { names, installed }));
  if (news.length === 0) return printing.end(0);
  if (news.length > new Set(names).size && !request.isYes) {
    if (!mayGoOn(world, request.answer(), printing)) return printing.end(1);
  }
  return fetchAndUnpack(world, release, news, { printing, told, asked: names });
};

/**
 * Asks whether to go on. Nobody can answer a program of a lab later than it starts: where somebody
 * sits at a terminal it is taken for a yes, which is said.
 */
export const mayGoOn = (world: ToolWorld, answer: string, printing: Printing): boolean => {
  const question = 'Do you want to continue? [Y/n] ';
  if (answer === '' && world.hasTerminal === true) {
    printing.out(`${question}Y\n`);
    printing.error('netfold: a program of a lab waits for no answer, it is taken to be yes\n');
    return true;
  }
  const isYes = /^(?:y|\n)/i.test(answer);
  printing.out(question + (isYes ? '' : 'Abort.\n'));
  return isYes;
};

type Known = { readonly names: readonly string[]; readonly installed: ReadonlyMap<string, string> };

/** What is wrong with the names, in apt's words; a catalogue's limit is told in ours. */
const namesProblem = (
  world: ToolWorld,
  { packages, virtual }: DebianRelease,
  names: readonly string[],
  installed: ReadonlyMap<string, string>,
): string => {
  const isListed = hasAptLists(world);
  let isBeyond = false;
  const told = names.flatMap((name) => {
    if (installed.has(name) || (isListed && packages.has(name))) return [];
    const others = isListed ? virtual.get(name) : undefined;
    if (others !== undefined) {
      const rows = others.map((one) => `  ${one} ${packages.get(one)?.version ?? ''}\n`).join('');
      return [
        `Package ${name} is a virtual package provided by:\n${rows}\n`,
        `E: Package '${name}' has no installation candidate\n`,
      ];
    }
    isBeyond ||= isListed;
    return [`E: Unable to locate package ${name}\n`];
  });
  const hint = 'netfold: the mirrors of a lab have the packages of its catalogue alone\n';
  return told.join('') + (isBeyond ? hint : '');
};

const summary = (
  { packages }: DebianRelease,
  news: readonly DebianPackage[],
  { names, installed }: Known,
): string => {
  const newNames = new Set(news.map(({ name }) => name));
  const additional = [...newNames].filter((name) => !names.includes(name)).toSorted();
  const isAbsent = (name: string): boolean => !newNames.has(name) && !installed.has(name);
  const recommended = [...new Set(news.flatMap(({ recommends }) => recommends))];
  const left = recommended.filter(isAbsent).toSorted();
  const suggested = [...new Set(news.flatMap(({ suggests }) => suggests))].filter(isAbsent);
  const bytes = news.reduce((sum, one) => sum + one.bytes, 0);
  const kib = news.reduce((sum, one) => sum + one.installedKiB, 0);
  const counts = `0 upgraded, ${news.length} newly installed, 0 to remove and 0 not upgraded.\n`;
  if (news.length === 0) return counts;
  return (
    nameList('The following additional packages will be installed:', additional) +
    nameList('Suggested packages:', suggested) +
    nameList(
      'Recommended packages:',
      left.filter((name) => packages.has(name)),
    ) +
    nameList('The following NEW packages will be installed:', [...newNames].toSorted()) +
    counts +
    `Need to get ${sizeText(bytes)} of archives.\n` +
    `After this operation, ${sizeText(kib * bytesPerKiB)} of additional disk space will be used.\n`
  );
};

/** `http://deb.debian.org/debian bookworm/main`, and the folder of its files. */
const placeOf = (release: DebianRelease, one: DebianPackage): { shown: string; url: string } => {
  const [first] = release.indexes.filter(
    ({ suite, component }) => component !== null && !suite.includes('-'),
  );
  const { archive, suite } = one.isUpdate
    ? release.updates
    : { archive: first?.archive ?? '', suite: first?.suite ?? '' };
  const { source, component, architecture, name, version } = one;
  const start = source.startsWith('lib') ? source.slice(0, 4) : source.slice(0, 1);
  const pool = archive.endsWith('-security') ? 'pool/updates' : 'pool';
  const file = `${name}_${version.replace(/^\d+:/, '')}_${architecture}.deb`;
  const encoded = file.replaceAll('+', '%2b').replaceAll('~', '%7e');
  return {
    shown: `${archive} ${suite}/${component} amd64 ${name} ${architecture} ${version}`,
    url: `${archive}/${pool}/${component}/${start}/${source}/${encoded}`,
  };
};

type To = {
  readonly printing: Printing;
  readonly told: (text: string) => void;
  /** Names that were typed. */
  readonly asked: readonly string[];
};

const fetchAndUnpack = (
  world: ToolWorld,
  release: DebianRelease,
  news: readonly DebianPackage[],
  { printing, told, asked }: To,
): ProgramOutput => {
  const places = news.map((one) => placeOf(release, one));
  const failures = fetchFailures(world, places);
  if (failures.length > 0) {
    told(`${failureLines(failures).join('\n')}\n`);
    const all = failures.map(({ url, words }) => `E: Failed to fetch ${url}  ${words}\n`);
    const end =
      'E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n';
    printing.error(all.join('') + end);
    return printing.end(100);
  }
  const got = places.map(
    ({ shown }, at) => `Get:${at + 1} ${shown} [${sizeText(news[at]?.bytes ?? 0)}]\n`,
  );
  const bytes = news.reduce((sum, one) => sum + one.bytes, 0);
  told(`${got.join('')}${fetchedLine(bytes)}\n`);
  printing.error('debconf: delaying package configuration, since apt-utils is not installed\n');
  const before = world.readFile(dpkgStatus) ?? '';
  const stanzas = news.map((one) => dpkgStanza(one, one.architecture)).join('');
  const files = filesOn(world, release);
  const problem = world.files?.write(dpkgStatus, before + stanzas, false) ?? null;
  if (problem !== null) {
    printing.error(`dpkg: error: unable to create new file '${dpkgStatus}-new': ${problem}\n`);
    return printing.end(100);
  }
  printing.out(unpackLines(news, files));
  printing.out(setUpLines(release, news, asked));
  return printing.end(0);
};

/** How many files dpkg knows of. */
export const filesOn = (world: ToolWorld, { packages, baseFiles }: DebianRelease): number =>
  [...installedPackages(fileReader(world)).keys()].reduce(
    (sum, name) => sum + (packages.get(name)?.files ?? 0),
    baseFiles,
  );

/** From how many files on apt hands dpkg a numbered folder of them. @source apt dpkgpm.cc */
const numberedMin = 6;

const unpackLines = (news: readonly DebianPackage[], files: number): string => {
  const width = String(news.length - 1).length;
  const known = `${files} files and directories currently installed`;
  return news
    .map((one, at) => {
      const { name, version, architecture } = one;
      const number = news.length >= numberedMin ? `${String(at).padStart(width, '0')}-` : '';
      const file = `${number}${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`;
      return (
        `Selecting previously unselected package ${dpkgName(one)}.\n` +
        (at === 0 ? `(Reading database ... ${known}.)\n` : '') +
        `Preparing to unpack .../${file} ...\n` +
        `Unpacking ${dpkgName(one)} (${version}) ...\n`
      );
    })
    .join('');
};
