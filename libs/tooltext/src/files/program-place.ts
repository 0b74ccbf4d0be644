import type { ToolWorld } from '../tool.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** @source `busybox --list-full` of BusyBox 1.35 */
const busyboxBin = words(
  'arch ash base64 busybox cat chgrp chmod chown cp cpio date dd df dmesg dnsdomainname echo ed ' +
    'egrep false fgrep getopt grep gunzip gzip hostname ionice ipcalc kill link linux32 linux64 ' +
    'ln login ls lzop mkdir mknod mktemp more mount mv netstat nuke pidof ping ping6 ps pwd ' +
    'readlink resume rev rm rmdir sed setpriv sh sleep stat stty su sync tar touch true umount ' +
    'uname usleep vi watch zcat',
);
const busyboxSbin = words(
  'arp blockdev depmod fdisk getty halt hwclock ifconfig ifdown ifup init insmod ip klogd ' +
    'logread lsmod mdev modinfo modprobe nameif poweroff reboot rmmod route sulogin swapoff ' +
    'swapon sysctl syslogd tc tunctl udhcpc vconfig apk',
);
const busyboxUsrSbin = words(
  'arping brctl chroot crond httpd nologin rdate telnetd udhcpd iptables ip6tables nginx',
);

/** Programs of root's in Debian; its `/bin` and `/sbin` are links to those below `/usr`. */
const debianSbin = words(
  'arp arping brctl bridge chroot groupadd ifconfig ip ip6tables iptables iptables-restore ' +
    'iptables-save iptables-restore ldconfig nginx nologin route service sysctl tc tcpdump ' +
    'traceroute useradd usermod adduser addgroup zic ethtool conntrack',
);

/** Where a program of that bare name is, or would be. */
export const programPath = (
  { userland, readFile }: Pick<ToolWorld, 'userland' | 'readFile'>,
  name: string,
): string => {
  if (userland === 'debian') return `${debianSbin.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`;
  // The image of BusyBox alone has all in one folder.
  const isAlpine = readFile('/etc/alpine-release') !== null;
  if (!isAlpine || busyboxBin.has(name)) return `/bin/${name}`;
  if (busyboxSbin.has(name)) return `/sbin/${name}`;
  return `${busyboxUsrSbin.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`;
};
