import type { TransportProtocol } from '@netfold/addressing';
import { scriptOf, words } from './shell-script.ts';

/** A socket that a main process listens on. */
export type ProcessListener = {
  readonly protocol: TransportProtocol;
  readonly port: number;
  /** `0.0.0.0`, `::` for both families by one socket, or one address. */
  readonly address: string;
  /** For a web server of files; absent: what it answers is not told by its words. */
  readonly serves?: ServedFolder;
};

/** What a web server of files shows. */
export type ServedFolder = {
  /** As it was given; empty: where the program was started. */
  readonly folder: string;
  /** Whether a folder without an index is listed, as by Python; else it is not found. */
  readonly isListed: boolean;
};

const portMax = 65_535;
const everywhere = '0.0.0.0';

/** Servers that listen by themselves when called so, and the option that moves their port. */
const servers: readonly {
  readonly program: RegExp;
  readonly port: number;
  readonly option: RegExp | null;
  readonly address?: string;
}[] = [
  { program: /^nginx$/, port: 80, option: null },
  { program: /^httpd-foreground$/, port: 80, option: null },
  { program: /^redis-server$/, port: 6_379, option: /^--port$/ },
  { program: /^(?:mysqld|mariadbd)$/, port: 3_306, option: /^(?:-P|--port)$/ },
  { program: /^postgres$/, port: 5_432, option: /^-p$/ },
  { program: /^mongod$/, port: 27_017, option: /^--port$/ },
  { program: /^sshd$/, port: 22, option: /^-p$/ },
];

/** What a command line listens on, where its words alone tell; a `sh -c` line is read through. */
export function listenersOfCommand(argv: readonly string[]): readonly ProcessListener[] {
  const script = scriptOf(argv);
  if (script === null) return listenersOfWords(argv);
  const lines = script.split(/;|&&?|\||\n|\bdo\b|\bthen\b/);
  let folder = '';
  return lines.flatMap((line) => {
    const command = words(line.trim());
    if (command[0] === 'cd') folder = below(folder, command[1] ?? '');
    return listenersOfWords(command).map((one) => {
      const { serves } = one;
      if (serves === undefined) return one;
      return { ...one, serves: { ...serves, folder: below(folder, serves.folder) } };
    });
  });
}

const below = (folder: string, path: string): string =>
  path.startsWith('/') || folder === ''
    ? path
    : [folder, path].filter((one) => one !== '').join('/');

function listenersOfWords(argv: readonly string[]): readonly ProcessListener[] {
  const command = ['exec', 'busybox'].includes(argv[0] ?? '') ? argv.slice(1) : argv;
  const program = (command[0] ?? '').split('/').at(-1) ?? '';
  const args = command.slice(1);
  if (/^(?:nc|ncat|netcat)$/.test(program)) return netcat(args);
  if (/^python[0-9.]*$/.test(program)) return pythonModule(args);
  if (/^(?:httpd|busybox-httpd)$/.test(program)) return busyboxHttpd(args);
  const server = servers.find((row) => row.program.test(program));
  if (server === undefined) return [];
  const given = server.option === null ? null : valueAfter(args, server.option);
  return listener('tcp', given, server);
}

/** `nc -l -p 3306`, `nc -lk 80`, `nc -ulp 53`: listens only with `-l`. */
function netcat(args: readonly string[]): readonly ProcessListener[] {
  const options = args.filter((arg) => /^-[a-z]/i.test(arg)).join('');
  if (!options.includes('l')) return [];
  const given = valueAfter(args, /^-[a-z]*p$/) ?? args.find((arg) => /^[0-9]+$/.test(arg)) ?? null;
  return listener(options.includes('u') ? 'udp' : 'tcp', given, {});
}

/** `httpd -f -p 8080 -h /www`; Apache's own `httpd` of other options serves what its image does. */
function busyboxHttpd(args: readonly string[]): readonly ProcessListener[] {
  const folder = valueAfter(args, /^-[a-z]*h$/) ?? '';
  const found = listener('tcp', valueAfter(args, /^-[a-z]*p$/), { port: 80, address: '::' });
  return found.map((one) => ({ ...one, serves: { folder, isListed: false } }));
}

/** `python -m http.server 8080`, `python -m SimpleHTTPServer` */
function pythonModule(args: readonly string[]): readonly ProcessListener[] {
  const module = valueAfter(args, /^-m$/);
  if (module !== 'http.server' && module !== 'SimpleHTTPServer') return [];
  const given = args.slice(args.indexOf(module) + 1).find((arg) => /^[0-9]+$/.test(arg)) ?? null;
  const folder = valueAfter(args, /^(?:-d|--directory)$/) ?? '';
  const found = listener('tcp', given, { port: 8_000 });
  return found.map((one) => ({ ...one, serves: { folder, isListed: true } }));
}

function listener(
  protocol: ProcessListener['protocol'],
  given: string | null,
  usual: { readonly port?: number; readonly address?: string },
): readonly ProcessListener[] {
  const [, address, digits] = /^(?:(.+):)?([0-9]+)$/.exec(given ?? '') ?? [];
  const port = digits === undefined ? usual.port : Number(digits);
  if (port === undefined || port < 1 || port > portMax) return [];
  return [{ protocol, port, address: address ?? usual.address ?? everywhere }];
}

function valueAfter(args: readonly string[], option: RegExp): string | null {
  const at = args.findIndex((arg) => option.test(arg));
  return at < 0 ? null : (args[at + 1] ?? null);
}
