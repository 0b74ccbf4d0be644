import { alpineRows } from './alpine.ts';
import { bookwormRows } from './bookworm.ts';
import type { FileReader } from './installed-packages.ts';
import { jammyRows } from './jammy.ts';
import { alpinePackages, debianPackages } from './package-row.ts';
import type { AlpinePackage, DebianPackage } from './package-row.ts';

/** One file that `apt-get update` fetches. */
export type AptIndex = {
  /** `http://deb.debian.org/debian` */
  readonly archive: string;
  /** `bookworm` */
  readonly suite: string;
  /** `main`; `null`: the signed list of what the suite has. */
  readonly component: string | null;
  readonly bytes: number;
};

/** What apt prints of one release of Debian or Ubuntu. */
export type DebianRelease = {
  readonly id: 'debian' | 'ubuntu';
  readonly osRelease: string;
  readonly indexes: readonly AptIndex[];
  readonly packages: ReadonlyMap<string, DebianPackage>;
  /** Names that only other packages have: `netcat`. */
  readonly virtual: ReadonlyMap<string, readonly string[]>;
  /** Suite of what is new since the release, and its archive. */
  readonly updates: { readonly archive: string; readonly suite: string };
  readonly libc: string;
  /** Files and folders of a minimal installation. */
  readonly baseFiles: number;
};

const debianArchive = 'http://deb.debian.org/debian';
const securityArchive = 'http://deb.debian.org/debian-security';
const ubuntuArchive = 'http://archive.ubuntu.com/ubuntu';
const ubuntuSecurity = 'http://security.ubuntu.com/ubuntu';

const index = (
  archive: string,
  suite: string,
  component: string | null,
  bytes: number,
): AptIndex => ({ archive, suite, component, bytes });

const bookworm: DebianRelease = {
  id: 'debian',
  osRelease: `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`,
  indexes: [
    index(debianArchive, 'bookworm', null, 151_075),
    index(debianArchive, 'bookworm-updates', null, 55_403),
    index(securityArchive, 'bookworm-security', null, 34_770),
    index(debianArchive, 'bookworm', 'main', 8_790_000),
    index(debianArchive, 'bookworm-updates', 'main', 6_924),
    index(securityArchive, 'bookworm-security', 'main', 377_000),
  ],
  packages: debianPackages(bookwormRows),
  virtual: new Map([['netcat', ['netcat-openbsd', 'netcat-traditional']]]),
  updates: { archive: securityArchive, suite: 'bookworm-security' },
  libc: '2.36-9+deb12u14',
  baseFiles: 8_134,
};

const jammy: DebianRelease = {
  id: 'ubuntu',
  osRelease: `PRETTY_NAME="Ubuntu 22.04.5 LTS"
NAME="Ubuntu"
VERSION_ID="22.04"
VERSION="22.04.5 LTS (Jammy Jellyfish)"
VERSION_CODENAME=jammy
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
SUPPORT_URL="https://help.ubuntu.com/"
BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"
PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"
UBUNTU_CODENAME=jammy
`,
  indexes: [
    index(ubuntuSecurity, 'jammy-security', null, 129_000),
    index(ubuntuArchive, 'jammy', null, 270_087),
    index(ubuntuArchive, 'jammy-updates', null, 128_000),
    index(ubuntuArchive, 'jammy-backports', null, 127_000),
    index(ubuntuSecurity, 'jammy-security', 'main', 3_740_000),
    index(ubuntuArchive, 'jammy', 'restricted', 129_000),
    index(ubuntuSecurity, 'jammy-security', 'multiverse', 79_600),
    index(ubuntuArchive, 'jammy', 'multiverse', 217_000),
    index(ubuntuArchive, 'jammy', 'universe', 14_100_000),
    index(ubuntuArchive, 'jammy', 'main', 1_395_000),
    index(ubuntuSecurity, 'jammy-security', 'restricted', 6_635_000),
    index(ubuntuArchive, 'jammy-updates', 'restricted', 6_888_000),
    index(ubuntuSecurity, 'jammy-security', 'universe', 1_058_000),
    index(ubuntuArchive, 'jammy-updates', 'universe', 1_291_000),
    index(ubuntuArchive, 'jammy-updates', 'multiverse', 86_100),
    index(ubuntuArchive, 'jammy-updates', 'main', 4_013_000),
    index(ubuntuArchive, 'jammy-backports', 'main', 70_200),
    index(ubuntuArchive, 'jammy-backports', 'universe', 30_800),
  ],
  packages: debianPackages(jammyRows),
  virtual: new Map(),
  updates: { archive: ubuntuArchive, suite: 'jammy-updates' },
  libc: '2.35-0ubuntu3.18',
  baseFiles: 4_387,
};

/** What apk prints of one release of Alpine. */
export type AlpineRelease = {
  readonly version: string;
  readonly osRelease: string;
  readonly repositories: readonly string[];
  readonly packages: ReadonlyMap<string, AlpinePackage>;
  readonly baseKiB: number;
  readonly baseCount: number;
  readonly trigger: string;
};

const alpineMirror = 'https://dl-cdn.alpinelinux.org/alpine/v3.23';

export const alpineRelease: AlpineRelease = {
  version: '3.23.4',
  osRelease: `NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.23.4
PRETTY_NAME="Alpine Linux v3.23"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`,
  repositories: [`${alpineMirror}/main`, `${alpineMirror}/community`],
  packages: alpinePackages(alpineRows),
  baseKiB: 8_253,
  baseCount: 16,
  trigger: 'busybox-1.37.0-r30.trigger',
};

/** The release that a place says it is of; Debian, where it does not. */
export const debianRelease = (read: FileReader): DebianRelease =>
  /^ID=ubuntu$/m.test(read('/etc/os-release') ?? '') ? jammy : bookworm;

export const debianReleases = { debian: bookworm, ubuntu: jammy } as const;

/** The mirrors' names: the outside machine of a lab answers to them. */
export const mirrorNames: ReadonlySet<string> = new Set([
  'deb.debian.org',
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'dl-cdn.alpinelinux.org',
]);
