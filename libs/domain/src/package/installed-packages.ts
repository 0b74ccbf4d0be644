import type { FileEntry } from '@netfold/contracts';

/** The text of a file of a container or an image; `null`: there is none. */
export type FileReader = (path: string) => string | null;

/** Where dpkg keeps what is installed. */
export const dpkgStatus = '/var/lib/dpkg/status';
/** Where apk keeps what is installed, and what was asked for. */
export const apkInstalled = '/lib/apk/db/installed';
export const apkWorld = '/etc/apk/world';

/** Whose packages a place has; `null`: nothing tells, as in an image of BusyBox alone. */
export type PackageFamily = 'debian' | 'alpine';

export function packageFamily(read: FileReader): PackageFamily | null {
  if (read(dpkgStatus) !== null) return 'debian';
  return read(apkInstalled) === null ? null : 'alpine';
}

/** What is installed beyond the minimum of its distribution: version by name. */
export function installedPackages(read: FileReader): ReadonlyMap<string, string> {
  const ofDpkg = read(dpkgStatus);
  if (ofDpkg !== null) return fieldsOf(ofDpkg, /^Package: (.+)$/m, /^Version: (.+)$/m);
  return fieldsOf(read(apkInstalled) ?? '', /^P:(.+)$/m, /^V:(.+)$/m);
}

function fieldsOf(text: string, name: RegExp, version: RegExp): ReadonlyMap<string, string> {
  const records = text.split('\n\n').map((record) => [name.exec(record), version.exec(record)]);
  return new Map(
    records.flatMap(([first, second]) =>
      first?.[1] === undefined ? [] : [[first[1], second?.[1] ?? '']],
    ),
  );
}

type Stanza = { readonly name: string; readonly version: string };

/** As dpkg and apk write it down, in short. */
export const dpkgStanza = ({ name, version }: Stanza, architecture: string): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\n` +
  `Version: ${version}\n\n`;

export const apkStanza = ({ name, version }: Stanza): string => `P:${name}\nV:${version}\n\n`;

/** Reads among the files of an image. */
export const readerOf =
  (files: readonly FileEntry[] | undefined): FileReader =>
  (path) => {
    const found = files?.find((file) => file.path === path && file.kind === 'file');
    return found?.content ?? null;
  };
