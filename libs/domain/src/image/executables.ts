import type { ImageSpec } from '@netfold/contracts';
import { busyboxFunctions } from './busybox-functions.ts';
import { installedPackages, packageFamily, readerOf } from '../package/installed-packages.ts';
import type { FileReader } from '../package/installed-packages.ts';
import { packageWith } from '../package/package-tools.ts';

const inEveryUserland =
  'arch ash awk base64 basename cat chgrp chmod chown chroot cksum clear cmp comm cp cut date dd ' +
  'df diff dirname dmesg du echo env expand expr factor false find flock fold free getopt grep ' +
  'egrep fgrep groups gunzip gzip head hostid hostname id install kill killall ln ls lsof md5sum ' +
  'mkdir mkfifo mknod mktemp more mount mv nice nl nohup nproc od paste pgrep pidof pkill ' +
  'printenv printf ps pwd readlink realpath renice reset rm rmdir sed seq setsid sh sha1sum ' +
  'sha256sum sha512sum shuf sleep sort split stat strings stty sum sync sysctl tac tail tar tee ' +
  'test time timeout top touch tr true truncate tty umount uname uniq unlink uptime users ' +
  'usleep w watch wc which who whoami xargs yes ifconfig ip route arp netstat ping ping6 ' +
  'traceroute nc netcat wget nslookup telnet brctl arping httpd vi';

const inBusybox = 'busybox telnetd ftpd tftpd udhcpc udhcpd nbd-client adduser addgroup ipcalc apk';

const inDebian =
  'bash apt apt-get dpkg perl curl ss bridge iptables ip6tables dig host tcpdump nmap socat ' +
  'iperf iperf3 python3 useradd groupadd su sudo login nano less man ldconfig yum dnf rpm ' +
  'systemctl service';

/** What apt, dpkg and what they need bring: `debian` without any further package. */
const inBareDebian =
  'add-shell addgroup adduser apt apt-cache apt-get apt-mark arch awk base64 basename bash cat ' +
  'chgrp chmod chown chroot cksum clear cmp comm cp cut dash date dd df diff dirname dmesg dpkg ' +
  'dpkg-query du echo egrep env expand expr factor false fgrep find findmnt flock fold getent ' +
  'getopt grep groupadd groups gunzip gzip head hostid hostname iconv id install ionice ' +
  'ldconfig ldd ln locale login logger ls lsblk lscpu mawk md5sum mkdir mkfifo mknod mktemp more ' +
  'mount mountpoint mv nawk nice nl nohup nproc nsenter od passwd paste perl pidof printenv ' +
  'printf pwd readlink realpath renice reset rev rm rmdir sed seq service setsid sh sha1sum ' +
  'sha256sum sha512sum shuf sleep sort split stat stdbuf stty su sum sync tac tail tar tee test ' +
  'timeout touch tr true truncate tty umount uname uniq unlink unshare useradd usermod users wc ' +
  'whereis which who whoami xargs yes zcat';

/** What Alpine has put into packages of their own. */
const notInAlpine = 'lsof httpd telnet telnetd ftpd tftpd nbd-client';

const directories = ['/bin/', '/sbin/', '/usr/bin/', '/usr/sbin/', '/usr/local/bin/'];

const words = (text: string): readonly string[] => text.split(' ');
const busybox = new Set([...words(inEveryUserland), ...words(inBusybox)]);
const plainBusybox = new Set(['busybox', ...busyboxFunctions.map(({ name }) => name)]);
const debian = new Set([...words(inEveryUserland), ...words(inDebian)]);
const bareDebian = new Set(words(inBareDebian));
const extraInAlpine = new Set(words(notInAlpine));

/**
 * Whether the image has the program: what its row names, and the tools of its userland. Where its
 * files tell which packages it has, it is the minimum of its distribution and their tools.
 * A row without a userland has Debian's BusyBox and nothing else, as its tools print.
 *
 * @param read  the files as they are now, where they are those of a container
 */
export function hasProgram(
  image: ImageSpec,
  program: string,
  read: FileReader = readerOf(image.files),
): boolean {
  const name = commandName(program);
  const own = [image.cmd[0], image.entrypoint?.[0], ...Object.keys(image.programs ?? {})];
  if (own.some((line) => line?.split(' ')[0] === program)) return true;
  if (name === null) return false;
  if (own.some((line) => line !== undefined && commandName(line.split(' ')[0] ?? '') === name)) {
    return true;
  }
  const family = packageFamily(read);
  if (family === null) return programsOf(image).has(name);
  const isBasic =
    family === 'debian' ? bareDebian.has(name) : busybox.has(name) && !extraInAlpine.has(name);
  return isBasic || packageOf(name, read) !== null;
}

function programsOf({ userland }: ImageSpec): ReadonlySet<string> {
  if (userland === 'debian') return debian;
  return userland === 'busybox' ? busybox : plainBusybox;
}

/** @returns the installed package that brings the tool; `null`: none that was added does */
export const packageOf = (tool: string, read: FileReader): string | null =>
  packageWith(tool, installedPackages(read).keys());

/** The bare name of a program called so or by a path in a usual place; else `null`. */
export function commandName(program: string): string | null {
  if (!program.includes('/')) return program;
  const directory = directories.find((start) => program.startsWith(start));
  const name = program.slice(directory?.length ?? 0);
  return directory === undefined || name.includes('/') ? null : name;
}
