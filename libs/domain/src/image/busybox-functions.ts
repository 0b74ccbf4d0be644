const words = (text: string): readonly string[] => text.split(' ');

/** @source `busybox --list-full` of BusyBox 1.35.0 as Debian 12 builds it (busybox-static) */
const byFolder: readonly (readonly [folder: string, names: readonly string[]])[] = [
  [
    'bin/',
    words(
      'arch ash base64 cat chgrp chmod chown cp cpio cttyhack date dd df dmesg ' +
        'dnsdomainname dumpkmap echo egrep false fatattr fgrep getopt grep gunzip gzip ' +
        'hostname ionice ipcalc kill link linux32 linux64 ln login ls lzop mkdir mknod mktemp ' +
        'more mount mt mv netstat nuke pidof ping ping6 ps pwd readlink resume rev rm rmdir ' +
        'rpm run-parts sed setpriv sh sleep stat stty sync tar touch true umount uname ' +
        'uncompress usleep vi watch zcat',
    ),
  ],
  [
    'sbin/',
    words(
      'acpid adjtimex arp blkid blockdev depmod devmem fdisk findfs freeramdisk fstrim ' +
        'getty halt hwclock ifconfig ifdown ifup init insmod ip ipneigh klogd loadkmap ' +
        'logread losetup lsmod mdev mkdosfs mke2fs mkswap modinfo modprobe nameif pivot_root ' +
        'poweroff reboot rmmod route run-init start-stop-daemon swapoff swapon switch_root ' +
        'sysctl syslogd udhcpc uevent vconfig watchdog',
    ),
  ],
  [
    'usr/bin/',
    words(
      '[ [[ ar ascii awk basename bc blkdiscard bunzip2 bzcat bzip2 cal chvt clear cmp ' +
        'crc32 cut dc deallocvt diff dirname dos2unix du dumpleases env expand expr factor ' +
        'fallocate find fold free ftpget ftpput groups head hexdump hostid id killall last ' +
        'less logger logname lsscsi lzcat lzma md5sum microcom mkfifo mkpasswd nc nl nproc ' +
        'nsenter nslookup od openvt paste patch printf realpath renice reset rpm2cpio seq ' +
        'setkeycodes setsid sha1sum sha256sum sha3sum sha512sum shred shuf sort ssl_client ' +
        'strings svc svok tac tail taskset tee telnet test tftp time timeout top tr ' +
        'traceroute traceroute6 truncate ts tty unexpand uniq unix2dos unlink unlzma unshare ' +
        'unxz unzip uptime uudecode uuencode w wc wget which who whoami xargs xxd xz xzcat ' +
        'yes',
    ),
  ],
  [
    'usr/sbin/',
    words(
      'arping brctl chroot fsfreeze httpd i2cdetect i2cdump i2cget i2cset i2ctransfer ' +
        'loadfont mim nologin partprobe rdate ubirename udhcpd',
    ),
  ],
  ['', words('linuxrc')],
];

/** What Debian's BusyBox can do, in its order, each where it would be installed: `bin/cat`. */
export const busyboxFunctions: readonly { readonly name: string; readonly path: string }[] =
  byFolder
    .flatMap(([folder, names]) => names.map((name) => ({ name, path: `${folder}${name}` })))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
