/** A word or call that must not stand in the repository. */
export type BannedWord = {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Globs; without it, all code and documents. */
  readonly where?: readonly string[];
};

const code = ['**/*.{ts,tsx,mjs,cjs,js}', '.*.cjs'];
const core = ['libs/{addressing,contracts,domain,dataplane,tooltext}/src/**/*.ts'];

export const bannedWords: readonly BannedWord[] = [
  // Leftovers.
  { pattern: /\bFIXME\b/, instead: 'mend it, or open an issue and assert what is true today' },
  { pattern: /\bTODO\b/, instead: 'open an issue' },
  {
    pattern: /\b(?:describe|test|it|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/,
    instead: 'a test that runs',
    where: code,
  },
  {
    pattern: /\b(?:xit|xtest|xdescribe|fit|fdescribe)\(/,
    instead: 'a test that runs',
    where: code,
  },
  { pattern: /@ts-(?:ignore|nocheck)\b/, instead: 'types that are true', where: code },
  { pattern: /\beslint-disable/, instead: 'code that the linter accepts', where: code },
  {
    pattern: /\boxlint-disable(?!-next-line \S+ -- \S)/,
    instead: '`oxlint-disable-next-line RULE -- the reason`',
    where: code,
  },
  // Words of our own that mislead.
  {
    pattern: /\boops[,!]|\bsomething went wrong\b/i,
    instead: 'what is wrong, its cause and the fix',
  },
  { pattern: /\bclass \w+Service\b/, instead: 'a name that says what it does', where: code },
  {
    pattern: /\binterface \w+Port\b/,
    instead: 'a name that says what it does: `EventLog`',
    where: code,
  },
  { pattern: /\bnid\b/, instead: '`networkId`', where: code },
  // Forms of TypeScript.
  {
    pattern: /^\s*(?:export )?(?:declare )?(?:const )?enum \w/m,
    instead: 'a union of string literals',
    where: code,
  },
  {
    pattern: /^\s*(?:export )?interface \w/m,
    instead: '`type`; interfaces are for ports that adapters implement',
    where: core,
  },
  // Calls with a better way.
  { pattern: /\bforwardRef\(/, instead: 'no cycle between modules', where: code },
  {
    pattern: /\bextends AggregateRoot\b/,
    instead: 'decide and evolve in libs/domain',
    where: code,
  },
  {
    pattern: /\bnew URL\([^)]*import\.meta\.url/,
    instead: "`createRequire(import.meta.url).resolve('@netfold/LIB/sql/FILE')`, as in the bundle",
    where: ['{libs,apps}/*/src/**/*.ts'],
  },
  { pattern: /\bset transaction isolation level\b.*\$\{/i, instead: 'a parameter', where: code },
  // What lies outside of the repository.
  {
    pattern: /\.\.\/shared\b|(?<![\w.})])\/work\/|\.library\/|\/tmp\/brief/,
    instead: 'nothing: the repository makes sense by itself',
  },
];

/** @returns one complaint per line with a banned word */
export function wordBreaches(
  path: string,
  text: string,
  words: readonly BannedWord[],
): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      words
        .filter(({ pattern }) => pattern.test(line))
        .map(
          ({ instead }) => `${path}:${index + 1}: ${line.trim()}\n    write instead: ${instead}`,
        ),
    );
}

const sqlKeywords =
  /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|WHERE|JOIN|ORDER BY|VALUES)\b/;

/** Upper-case SQL keywords outside of comments and strings. */
export function sqlBreaches(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const bare = line.replaceAll(/'[^']*'/g, '').replace(/--.*$/, '');
    return sqlKeywords.test(bare) ? [`${path}:${index + 1}: keywords of SQL are lowercase`] : [];
  });
}
