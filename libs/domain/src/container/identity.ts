/** Who runs a program: numbers, and the names that the files of its machine give them. */
export type Identity = {
  readonly userId: number;
  /** `null`: no line in /etc/passwd has the number. */
  readonly userName: string | null;
  readonly groupId: number;
  /** `null`: no line in /etc/group has the number. */
  readonly groupName: string | null;
};

export const rootIdentity: Identity = {
  userId: 0,
  userName: 'root',
  groupId: 0,
  groupName: 'root',
};

type Machine = {
  readonly userland: 'debian' | 'busybox';
  /** `null` where the file is not kept: then the usual lines of such a machine hold. */
  readonly readFile: (path: string) => string | null;
};

type Line = { readonly name: string; readonly id: number; readonly groupId: number };

/**
 * Who `USER[:GROUP]` of `docker run` and `docker exec` is: a name or a number each. A user without
 * a line is a member of root's group.
 *
 * @source opencontainers/runc libcontainer/user/user.go GetExecUser
 */
export const identityOf = (text: string, machine: Machine): Identity => {
  const [user = '', group = ''] = text.split(':');
  const users = linesOf(machine, 'passwd');
  const groups = linesOf(machine, 'group');
  const line = find(users, user || '0');
  const userId = line?.id ?? numberOf(user) ?? firstUserId;
  const own = line?.groupId ?? (numberOf(user) === null ? firstUserId : 0);
  const groupId = group === '' ? own : (find(groups, group)?.id ?? numberOf(group) ?? own);
  return {
    userId,
    userName: line?.name ?? (numberOf(user) === null ? user : null),
    groupId,
    groupName:
      find(groups, String(groupId))?.name ?? (groupId === own ? (line?.name ?? null) : null),
  };
};

/** Whom an image adds gets it, where nothing is known of its number. */
const firstUserId = 1_000;

const numberOf = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);

const find = (all: readonly Line[], wanted: string): Line | undefined =>
  all.find(({ name, id }) => name === wanted || String(id) === wanted);

const linesOf = ({ userland, readFile }: Machine, file: 'passwd' | 'group'): readonly Line[] => {
  const text = readFile(`/etc/${file}`);
  return text === null ? usual[userland][file].map(lineOf) : text.split('\n').flatMap(readLine);
};

const readLine = (text: string): readonly Line[] => {
  const [name = '', , id = '', groupId = ''] = text.split(':');
  return numberOf(id) === null ? [] : [{ name, id: Number(id), groupId: Number(groupId) || 0 }];
};

/** `name:id` or `name:id:group`. */
const lineOf = (text: string): Line => {
  const [name = '', id = '', groupId = id] = text.split(':');
  return { name, id: Number(id), groupId: Number(groupId) };
};

/** @source Alpine 3.18 and Debian 12, /etc/passwd and /etc/group; users that server images add */
const usual = {
  busybox: {
    passwd: (
      'root:0 bin:1 daemon:2 adm:3:4 lp:4:7 sync:5:0 shutdown:6:0 halt:7:0 mail:8:12 news:9:13 ' +
      'uucp:10:14 operator:11:0 man:13:15 postmaster:14:12 cron:16 ftp:21 sshd:22 at:25 squid:31 ' +
      'xfs:33 games:35 cyrus:85:12 vpopmail:89 ntp:123 smmsp:209 guest:405:100 nobody:65534'
    ).split(' '),
    group: (
      'root:0 bin:1 daemon:2 sys:3 adm:4 tty:5 disk:6 lp:7 mem:8 kmem:9 wheel:10 floppy:11 ' +
      'mail:12 news:13 uucp:14 man:15 cron:16 console:17 audio:18 cdrom:19 dialout:20 ftp:21 ' +
      'sshd:22 input:23 at:25 tape:26 video:27 netdev:28 readproc:30 squid:31 xfs:33 kvm:34 ' +
      'games:35 shadow:42 www-data:82 users:100 ntp:123 abuild:300 utmp:406 ping:999 ' +
      'nogroup:65533 nobody:65534'
    ).split(' '),
  },
  debian: {
    passwd: (
      'root:0 daemon:1 bin:2 sys:3 sync:4:65534 games:5:60 man:6:12 lp:7 mail:8 news:9 uucp:10 ' +
      'proxy:13 www-data:33 backup:34 list:38 irc:39 _apt:42:65534 nobody:65534'
    ).split(' '),
    group: (
      'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 ' +
      'kmem:15 dialout:20 fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 ' +
      'www-data:33 backup:34 operator:37 list:38 irc:39 src:40 shadow:42 utmp:43 video:44 ' +
      'sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534'
    ).split(' '),
  },
} as const;

/** Every name that has a line in the usual files. */
export const usualNames: readonly string[] = Object.values(usual).flatMap(({ passwd, group }) =>
  [...passwd, ...group].map((line) => lineOf(line).name),
);
