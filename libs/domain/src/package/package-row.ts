/** A package of an archive of Debian's kind. */
export type DebianPackage = {
  readonly name: string;
  readonly version: string;
  readonly component: 'main' | 'universe';
  /** It comes from the archive's updates (Debian: security, Ubuntu: updates). */
  readonly isUpdate: boolean;
  readonly architecture: 'all' | 'amd64';
  /** One of its kind may stand beside it for another architecture: `libssl3:amd64`. */
  readonly isMultiArch: boolean;
  /** Of its file in the archive. */
  readonly bytes: number;
  readonly installedKiB: number;
  readonly files: number;
  /** What it is built from: its folder in the archive. */
  readonly source: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly suggests: readonly string[];
};

/** A package of Alpine. */
export type AlpinePackage = {
  readonly name: string;
  readonly version: string;
  readonly installedKiB: number;
  readonly depends: readonly string[];
  /** It has a script that runs behind its installation. */
  readonly hasScript: boolean;
};

type Parts = { readonly fields: readonly string[]; readonly lists: ReadonlyMap<string, string[]> };

const marks = [':', '+', '?'];

/** The records of a text: a line that begins with a blank goes on with the one before. */
function recordsOf(text: string): readonly Parts[] {
  const lines = text.trim().replaceAll(/\n\s+/g, ' ').split('\n');
  return lines.map((line) => {
    const fields: string[] = [];
    const lists = new Map<string, string[]>();
    let into = fields;
    for (const word of line.split(' ')) {
      if (marks.includes(word)) {
        into = [];
        lists.set(word, into);
      } else into.push(word);
    }
    return { fields, lists };
  });
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.name, one]));

/** By name, in the order of the text. */
export function debianPackages(text: string): ReadonlyMap<string, DebianPackage> {
  return byName(
    recordsOf(text).map(({ fields, lists }) => {
      const [name = '', version = '', from = '', kind = '', ...numbers] = fields;
      const [bytes = 0, installedKiB = 0, files = 0] = numbers.slice(0, 3).map(Number);
      return {
        name,
        version,
        component: from.startsWith('u') ? 'universe' : 'main',
        isUpdate: from.endsWith('s'),
        architecture: kind === 'all' ? 'all' : 'amd64',
        isMultiArch: kind === 'same',
        bytes,
        installedKiB,
        files,
        source: numbers[3] ?? name,
        depends: lists.get(':') ?? [],
        recommends: lists.get('+') ?? [],
        suggests: lists.get('?') ?? [],
      };
    }),
  );
}

/** By name, in the order of the text. */
export function alpinePackages(text: string): ReadonlyMap<string, AlpinePackage> {
  return byName(
    recordsOf(text).map(({ fields, lists }) => {
      const [name = '', version = '', installedKiB = '', script] = fields;
      return {
        name,
        version,
        installedKiB: Number(installedKiB),
        depends: lists.get(':') ?? [],
        hasScript: script === 'script',
      };
    }),
  );
}
