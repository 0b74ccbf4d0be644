import type { FileEntry } from '@netfold/contracts';
import { packagesToInstall } from './closure.ts';
import { apkInstalled, apkStanza, apkWorld, dpkgStanza, dpkgStatus } from './installed-packages.ts';
import { alpineRelease, debianReleases } from './release.ts';

type Entry = (path: string, kind: 'directory' | 'file', content?: string) => FileEntry;

const nothing: ReadonlySet<string> = new Set();

/**
 * The files by which an image is one of Debian's or Ubuntu's, with packages beyond the minimum.
 *
 * @param packages  what its Dockerfile installed, without what was recommended
 */
export function debianFiles(
  entry: Entry,
  id: keyof typeof debianReleases,
  packages: readonly string[],
): readonly FileEntry[] {
  const release = debianReleases[id];
  const all = packagesToInstall(release.packages, packages, nothing, false);
  const status = all.map((one) => dpkgStanza(one, one.architecture)).join('');
  return [
    entry('/etc/os-release', 'file', release.osRelease),
    entry('/var/lib/apt/lists', 'directory'),
    entry(dpkgStatus, 'file', status),
  ];
}

/** The files by which an image is one of Alpine's, with packages beyond the minimum. */
export function alpineFiles(entry: Entry, packages: readonly string[]): readonly FileEntry[] {
  const all = packagesToInstall(alpineRelease.packages, packages, nothing, false);
  const base = ['alpine-baselayout', 'alpine-keys', 'apk-tools', 'busybox', 'musl-utils'];
  return [
    entry('/etc/os-release', 'file', alpineRelease.osRelease),
    entry('/etc/alpine-release', 'file', `${alpineRelease.version}\n`),
    entry('/etc/apk/repositories', 'file', `${alpineRelease.repositories.join('\n')}\n`),
    entry(apkWorld, 'file', `${[...base, ...packages].join('\n')}\n`),
    entry(apkInstalled, 'file', all.map((one) => apkStanza(one)).join('')),
  ];
}
