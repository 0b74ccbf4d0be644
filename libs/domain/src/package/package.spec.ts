import { describe, expect, it } from 'vitest';
import { defaultImages } from '../image/default-images.ts';
import { hasProgram, packageOf } from '../image/executables.ts';
import { packagesToInstall } from './closure.ts';
import { apkStanza, dpkgStanza, dpkgStatus, installedPackages } from './installed-packages.ts';
import { packageWith } from './package-tools.ts';
import { alpineRelease, debianReleases } from './release.ts';

const { debian, ubuntu } = debianReleases;
const none: ReadonlySet<string> = new Set();

const imageNamed = (name: string) => {
  const image = defaultImages[name];
  if (image === undefined) throw new Error(`no image ${name}`);
  return image;
};

describe('a catalogue', () => {
  it.each([
    ['Debian', debian.packages],
    ['Ubuntu', ubuntu.packages],
    ['Alpine', alpineRelease.packages],
  ])('of %s has whatever its packages need', (_name, packages) => {
    const needed = [...packages.values()].flatMap(({ depends }) => depends);
    expect(needed.filter((name) => !packages.has(name))).toEqual([]);
    expect([...packages.values()].filter(({ version }) => !/^\d/.test(version))).toEqual([]);
  });

  it('brings what is needed, in the order of unpacking, and what is recommended behind it', () => {
    const all = packagesToInstall(debian.packages, ['iputils-ping'], none, true);
    expect(all.map(({ name }) => name)).toEqual(['libcap2-bin', 'iputils-ping', 'libpam-cap']);
    const needed = packagesToInstall(debian.packages, ['iputils-ping'], none, false);
    expect(needed.map(({ name }) => name)).toEqual(['libcap2-bin', 'iputils-ping']);
  });

  it('brings nothing that is there', () => {
    const there = new Set(['libcap2-bin', 'iputils-ping']);
    const asked = ['iputils-ping', 'iputils-arping'];
    const news = packagesToInstall(debian.packages, asked, there, false);
    expect(news.map(({ name }) => name)).toEqual(['iputils-arping']);
  });
});

describe('an image', () => {
  it.each([
    ['debian', ['ip', 'ping', 'curl', 'ps', 'dig', 'vi', 'busybox'], false],
    ['debian', ['bash', 'apt-get', 'hostname', 'grep', 'sleep', 'which'], true],
    ['ubuntu', ['ps', 'kill', 'sysctl'], true],
    ['ubuntu:14.04', ['ifconfig', 'ping', 'ip', 'nc'], true],
    ['nginx', ['curl', 'nginx'], true],
    ['nginx', ['wget', 'ip', 'ps'], false],
    ['node', ['node', 'npm', 'curl', 'wget', 'ps', 'git'], true],
    ['alpine', ['ip', 'ping', 'nc', 'wget', 'apk', 'vi', 'arping'], true],
    ['alpine', ['curl', 'dig', 'telnet', 'httpd', 'bash', 'apt-get'], false],
    ['busybox', ['telnet', 'httpd', 'nc'], true],
  ])('%s: whether it has %j is %j', (name, programs, expected) => {
    const image = imageNamed(name);
    const found = programs.filter((program) => hasProgram(image, program));
    expect(found).toEqual(expected ? programs : []);
  });

  it('has more when its package is there', () => {
    const image = imageNamed('debian');
    const text = dpkgStanza({ name: 'iputils-ping', version: '3:20221126-1' }, 'amd64');
    const read = (path: string): string | null => (path === dpkgStatus ? text : null);
    expect(hasProgram(image, '/bin/ping', read)).toBe(true);
    expect(packageOf('ping', read)).toBe('iputils-ping');
    expect([...installedPackages(read)]).toEqual([['iputils-ping', '3:20221126-1']]);
  });
});

it('apk writes down what dpkg does, in short', () => {
  const text = apkStanza({ name: 'libpcap', version: '1.10.7-r0' });
  expect([...installedPackages((path) => (path.startsWith('/lib/apk') ? text : null))]).toEqual([
    ['libpcap', '1.10.7-r0'],
  ]);
});

it('a tool is that of the first package that has it', () => {
  expect(packageWith('nc', ['curl', 'netcat-openbsd'])).toBe('netcat-openbsd');
  expect(packageWith('nc', ['curl'])).toBeNull();
});
