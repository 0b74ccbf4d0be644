import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { typeLine } from '../world/typed-line.fixture.ts';
import { sizeText } from './apt-text.ts';

/** 2026-11-21 16:57:34 UTC */
const now = 1_795_280_254_000;

/** Types a line into a container's shell; `scene` is the lab with what it wrote. */
const type = (before: Scene, name: string, line: string, user = '') => {
  const runAs = { ...asContainer, user };
  const world = containerWorld(placeIn(before, now), containerIn(before, name), runAs);
  const { commands, ...output } = typeLine(world, line);
  return { ...output, scene: commands.reduce<Scene>((one, body) => one.when(body), before) };
};

const scene = labAfter(
  createNetwork('sealed', { internal: true }),
  ...run('deb', { image: 'debian' }),
  ...run('ubu', { image: 'ubuntu' }),
  ...run('tty', { image: 'debian', tty: true }),
  ...run('alp', { image: 'alpine' }),
  ...run('web', { image: 'nginx' }),
  ...run('toolbox', { image: 'nicolaka/netshoot' }),
  ...run('cut', { image: 'debian', networkMode: 'none' }),
  ...run('sealed', { image: 'alpine', networkMode: 'sealed' }),
);

describe('tools of an image', () => {
  it.each([
    ['deb', 'ip a', 'bash: line 1: ip: command not found\n'],
    ['deb', 'ping -c 1 127.0.0.1', 'bash: line 1: ping: command not found\n'],
    ['ubu', 'dig a', 'bash: line 1: dig: command not found\n'],
    ['web', 'ss -tln', 'bash: line 1: ss: command not found\n'],
    ['alp', 'dig a', 'sh: dig: not found\n'],
    ['alp', 'httpd', 'sh: httpd: not found\n'],
  ])('%s: `%s` is absent until its package is there', (name, line, stderr) => {
    expect(type(scene, name, line)).toMatchObject({ stdout: '', stderr, exitCode: 127 });
  });

  it.each([
    ['ubu', 'ps'],
    ['web', 'which curl'],
    ['alp', 'ip a'],
    ['toolbox', 'ss -tln'],
  ])('%s: `%s` is in the image', (name, line) => {
    expect(type(scene, name, line).exitCode).toBe(0);
  });

  it('a toolbox that is built on Alpine prints what its packages print, not BusyBox', () => {
    expect(type(scene, 'toolbox', 'ping -c 1 127.0.0.1').stdout).toContain('56(84) bytes of data');
    expect(type(scene, 'alp', 'ping -c 1 127.0.0.1').stdout).toContain('56 data bytes');
  });
});

describe('apt-get', () => {
  it('knows nothing before it has asked its archives', () => {
    expect(type(scene, 'deb', 'apt-get install -y iproute2')).toMatchObject({
      stdout:
        'Reading package lists...\nBuilding dependency tree...\nReading state information...\n',
      stderr: 'E: Unable to locate package iproute2\n',
      exitCode: 100,
    });
  });

  it('tells what it fetches from its archives', () => {
    const { stdout, exitCode } = type(scene, 'deb', 'apt-get update');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Get:1 http:\/\/deb.debian.org\/debian bookworm InRelease \[151 kB\]\n/,
    );
    expect(stdout).toMatch(/\nFetched 9415 kB in 0s \(.*\)\nReading package lists\.\.\.\n$/);
  });

  it('installs what is asked for and what that needs, in one line or later', () => {
    const {
      stdout,
      stderr,
      exitCode,
      scene: after,
    } = type(scene, 'deb', 'apt-get update >/dev/null && apt-get install -y iputils-ping');
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'debconf: delaying package configuration, since apt-utils is not installed\n',
    );
    expect(stdout).toBe(recordedPing);
    expect(type(after, 'deb', 'ping -c 1 127.0.0.1').exitCode).toBe(0);
    expect(type(after, 'deb', 'apt-get install -y iputils-ping').stdout).toContain(
      'iputils-ping is already the newest version (3:20221126-1+deb12u1).\n' +
        '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
    );
    const gone = type(after, 'deb', 'apt-get remove -y iputils-ping; ping -c 1 127.0.0.1');
    expect(gone.stdout).toContain('The following packages will be REMOVED:\n  iputils-ping\n');
    expect(gone.exitCode).toBe(127);
  });

  it('asks before it brings more than was asked for, and takes silence for no', () => {
    const { stdout, exitCode } = type(scene, 'ubu', 'apt-get update -qq; apt-get install tcpdump');
    expect(stdout).toContain(
      'The following additional packages will be installed:\n' +
        '  dbus libapparmor1 libdbus-1-3 libexpat1 libpcap0.8\n',
    );
    expect(stdout).toMatch(/Do you want to continue\? \[Y\/n\] Abort\.\n$/);
    expect(exitCode).toBe(1);
  });

  it('takes silence at a terminal for yes, and says so', () => {
    const seen = type(scene, 'tty', 'apt-get update -qq; apt-get install tcpdump');
    expect(seen.stdout).toContain('Do you want to continue? [Y/n] Y\nGet:1 http');
    expect(seen.stderr).toContain('netfold: a program of a lab waits for no answer');
    expect(seen.exitCode).toBe(0);
    const told = type(scene, 'ubu', 'apt-get update -qq; echo n | apt-get install tcpdump');
    expect(told.exitCode).toBe(1);
    const yes = type(scene, 'ubu', 'apt-get update -qq; echo y | apt-get install tcpdump');
    expect(yes.stdout).toContain('Setting up tcpdump');
  });

  it('`apt` warns who is no terminal', () => {
    const warning = /^\nWARNING: apt does not have a stable CLI interface\./;
    expect(type(scene, 'deb', 'apt update').stderr).toMatch(warning);
    expect(type(scene, 'tty', 'apt update').stderr).toBe('');
  });

  it('leaves out what is only recommended when told so', () => {
    const line = 'apt-get update -qq; apt-get install -y --no-install-recommends wget';
    const { stdout } = type(scene, 'deb', line);
    expect(stdout).toContain('The following NEW packages will be installed:\n  libpsl5 wget\n');
    expect(stdout).toContain('Recommended packages:\n  ca-certificates publicsuffix\n');
  });

  it('names what only other packages have, and what no mirror of a lab has', () => {
    const { stderr } = type(scene, 'deb', 'apt-get update -qq; apt-get install -y netcat nosuch');
    expect(stderr).toBe(
      'Package netcat is a virtual package provided by:\n' +
        '  netcat-openbsd 1.219-1\n  netcat-traditional 1.10-47\n\n' +
        "E: Package 'netcat' has no installation candidate\n" +
        'E: Unable to locate package nosuch\n' +
        'netfold: the mirrors of a lab have the packages of its catalogue alone\n',
    );
  });

  it('forgets its archives with their lists', () => {
    const line =
      'apt-get update -qq; rm -rf /var/lib/apt/lists/*; apt-get install -y curl || echo none';
    expect(type(scene, 'deb', line).stdout).toMatch(/\nnone\n$/);
  });

  it('reaches no archive without a network, and goes on', () => {
    const { stdout, stderr, exitCode } = type(scene, 'cut', 'apt-get update');
    expect(stdout).toContain(
      'Err:1 http://deb.debian.org/debian bookworm InRelease\n' +
        "  Temporary failure resolving 'deb.debian.org'\n",
    );
    expect(stderr).toContain(
      'W: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  ' +
        "Temporary failure resolving 'deb.debian.org'\n",
    );
    expect(exitCode).toBe(0);
  });

  it('tells who takes no connection, the first time by its address', () => {
    const line = "echo '127.0.0.1 deb.debian.org' >> /etc/hosts; apt-get update";
    const { stdout } = type(scene, 'deb', line);
    expect(stdout).toContain(
      'InRelease\n  Could not connect to deb.debian.org:80 (127.0.0.1). - ' +
        'connect (111: Connection refused)\n',
    );
    expect(stdout).toContain('InRelease\n  Unable to connect to deb.debian.org:80:\n');
  });

  it('is for root alone', () => {
    expect(type(scene, 'deb', 'apt-get install -y curl', 'nobody')).toMatchObject({
      stderr:
        'E: Could not open lock file /var/lib/dpkg/lock-frontend - ' +
        'open (13: Permission denied)\n' +
        'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), ' +
        'are you root?\n',
      exitCode: 100,
    });
  });
});

describe('apk', () => {
  it('installs at once, and keeps what was asked for', () => {
    const { stdout, exitCode, scene: after } = type(scene, 'alp', 'apk add --no-cache tcpdump');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '(1/2) Installing libpcap (1.10.7-r0)\n(2/2) Installing tcpdump (4.99.5-r1)\n' +
        'Executing busybox-1.37.0-r30.trigger\n',
    );
    expect(stdout).toMatch(/^OK: 9\d{3} KiB in 18 packages\n$/m);
    expect(type(after, 'alp', 'apk add tcpdump').stdout).toMatch(/^OK: \d+ KiB in 18 packages\n$/);
    const gone = type(after, 'alp', 'apk del tcpdump');
    expect(gone.stdout).toContain(
      '(1/2) Purging tcpdump (4.99.5-r1)\n(2/2) Purging libpcap (1.10.7-r0)\n',
    );
    expect(type(gone.scene, 'alp', 'tcpdump').exitCode).toBe(127);
  });

  it('numbers more than nine in one width, and runs the script of a package', () => {
    const { stdout } = type(scene, 'alp', 'apk add iproute2 curl');
    expect(stdout).toContain('( 1/17) Installing nghttp2-libs (1.69.0-r0)\n');
    expect(stdout).toContain(
      '(17/17) Installing iproute2 (6.17.0-r0)\n  Executing iproute2-6.17.0-r0.post-install\n',
    );
  });

  it('puts the tool of a package in the place of BusyBox', () => {
    const line = 'apk add -q iputils; ping -c 1 127.0.0.1';
    expect(type(scene, 'alp', line).stdout).toContain('56(84) bytes of data');
    const applet = `${line} >/dev/null; busybox ping -c 1 127.0.0.1`;
    expect(type(scene, 'alp', applet).stdout).toContain('56 data bytes');
  });

  it('names what it cannot find', () => {
    expect(type(scene, 'alp', 'apk add nosuch')).toMatchObject({
      stdout: '',
      stderr:
        'ERROR: unable to select packages:\n' +
        '  nosuch (no such package):\n    required by: world[nosuch]\n' +
        'netfold: the mirrors of a lab have the packages of its catalogue alone\n',
      exitCode: 1,
    });
  });

  it('finds nothing from a network that nobody leaves', () => {
    const main = 'https://dl-cdn.alpinelinux.org/alpine/v3.23/main';
    const { stderr, exitCode } = type(scene, 'sealed', 'apk add curl');
    expect(stderr).toContain(
      `WARNING: updating and opening ${main}: temporary error (try again later)\n`,
    );
    expect(stderr).toMatch(/ERROR: unable to select packages:\n {2}curl \(no such package\):\n/);
    expect(exitCode).toBe(1);
  });
});

it.each([
  [8_808, '8808 B'],
  [47_172, '47.2 kB'],
  [1_045_828, '1046 kB'],
  [12_200_000, '12.2 MB'],
])('apt writes %i bytes as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

/** What apt and dpkg printed in a minimal installation of Debian, but for the rate. */
const archive = 'http://deb.debian.org/debian bookworm/main amd64';
const recordedPing = `Reading package lists...
Building dependency tree...
Reading state information...
The following additional packages will be installed:
  libcap2-bin libpam-cap
The following NEW packages will be installed:
  iputils-ping libcap2-bin libpam-cap
0 upgraded, 3 newly installed, 0 to remove and 0 not upgraded.
Need to get 97.4 kB of archives.
After this operation, 314 kB of additional disk space will be used.
Get:1 ${archive} libcap2-bin amd64 1:2.66-4+deb12u3+b1 [35.2 kB]
Get:2 ${archive} iputils-ping amd64 3:20221126-1+deb12u1 [47.2 kB]
Get:3 ${archive} libpam-cap amd64 1:2.66-4+deb12u3+b1 [15.1 kB]
Fetched 97.4 kB in 0s (10.0 MB/s)
Selecting previously unselected package libcap2-bin.
(Reading database ... 8134 files and directories currently installed.)
Preparing to unpack .../libcap2-bin_1%3a2.66-4+deb12u3+b1_amd64.deb ...
Unpacking libcap2-bin (1:2.66-4+deb12u3+b1) ...
Selecting previously unselected package iputils-ping.
Preparing to unpack .../iputils-ping_3%3a20221126-1+deb12u1_amd64.deb ...
Unpacking iputils-ping (3:20221126-1+deb12u1) ...
Selecting previously unselected package libpam-cap:amd64.
Preparing to unpack .../libpam-cap_1%3a2.66-4+deb12u3+b1_amd64.deb ...
Unpacking libpam-cap:amd64 (1:2.66-4+deb12u3+b1) ...
Setting up libcap2-bin (1:2.66-4+deb12u3+b1) ...
Setting up libpam-cap:amd64 (1:2.66-4+deb12u3+b1) ...
Setting up iputils-ping (3:20221126-1+deb12u1) ...
`;
