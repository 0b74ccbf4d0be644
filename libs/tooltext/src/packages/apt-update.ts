import type { AptIndex, DebianRelease } from '@netfold/domain';
import { failed, lines } from '../tool.ts';
import type { ToolOutput, ToolWorld } from '../tool.ts';
import { failureLines, fetchFailures } from './apt-fetch.ts';
import { fetchedLine, sizeText } from './apt-text.ts';

/** Where apt keeps what its archives have. */
const aptLists = '/var/lib/apt/lists';
const signedList = 'InRelease';

/** `deb.debian.org_debian_dists_bookworm_InRelease` */
const listName = ({ archive, suite }: AptIndex): string =>
  `${archive.replace(/^https?:\/\//, '').replaceAll('/', '_')}_dists_${suite}_${signedList}`;

/** Whether the archives' lists are there: without them apt knows only what is installed. */
export const hasAptLists = (world: ToolWorld): boolean =>
  (world.listDirectory(aptLists) ?? []).some((name) => name.endsWith(`_${signedList}`));

const shownOf = ({ archive, suite, component }: AptIndex): string =>
  component === null
    ? `${archive} ${suite} ${signedList}`
    : `${archive} ${suite}/${component} amd64 Packages`;

/** `apt-get update` */
export const aptUpdate = (
  world: ToolWorld,
  release: DebianRelease,
  isQuiet: boolean,
): ToolOutput => {
  const { files } = world;
  if (world.user !== 'root' || files === null) {
    const lock = `${aptLists}/lock`;
    return failed(
      100,
      `E: Could not open lock file ${lock} - open (13: Permission denied)\n` +
        `E: Unable to lock directory ${aptLists}/\n`,
      'Reading package lists...\n',
    );
  }
  const signed = release.indexes.filter(({ component }) => component === null);
  const asked = signed.map((one) => ({
    shown: shownOf(one),
    url: `${one.archive}/dists/${one.suite}/${signedList}`,
  }));
  const failures = fetchFailures(world, asked);
  const isKnown = hasAptLists(world);
  const hits = asked.flatMap(({ shown }, at) =>
    failures.some(({ number }) => number === at + 1) ? [] : [`Hit:${at + 1} ${shown}`],
  );
  if (failures.length > 0) {
    const told = failures.map(({ url, words }) => `W: Failed to fetch ${url}  ${words}\n`);
    const end =
      'W: Some index files failed to download. They have been ignored, or old ones used instead.\n';
    const tried = [...hits, ...failureLines(failures), 'Reading package lists...'];
    const stdout = isQuiet ? '' : lines(tried);
    return { stdout, stderr: told.join('') + end, exitCode: 0, durationMs: 0 };
  }
  for (const one of signed) {
    const problem = writeList(world, one);
    if (problem !== null) return failed(100, problem);
  }
  const news = release.indexes.map(
    (one, at) => `Get:${at + 1} ${shownOf(one)} [${sizeText(one.bytes)}]`,
  );
  const bytes = release.indexes.reduce((sum, one) => sum + one.bytes, 0);
  const got = isKnown ? hits : [...news, fetchedLine(bytes)];
  const stdout = isQuiet ? '' : lines([...got, 'Reading package lists...']);
  return { stdout, stderr: '', exitCode: 0, durationMs: 0 };
};

/** @returns apt's words why it cannot be, or `null` */
const writeList = (world: ToolWorld, index: AptIndex): string | null => {
  const { files } = world;
  if (files === null) return null;
  for (const folder of ['/var/lib/apt', aptLists]) {
    if (!files.isFolder(folder)) files.makeFolder(folder);
  }
  const path = `${aptLists}/${listName(index)}`;
  const problem = files.write(path, `Suite: ${index.suite}\n`, false);
  return problem === null
    ? null
    : `E: Could not open lock file ${aptLists}/lock - open (30: ${problem})\n`;
};
