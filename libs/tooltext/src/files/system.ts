import { busyboxUsage, invalidOption } from '../busybox/usage.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { splitAddress } from '../iproute/interface-text.ts';
import { parseOptions, readInputs } from '../filters/input.ts';

/** `cat FILE...`; without a file its input. */
export const cat: Tool = (world, argv, stdin) => {
  const words = argv.slice(1).filter((word) => !/^-[a-zA-Z]+$/.test(word));
  const isNumbered = argv.includes('-n');
  const { inputs, errors } = readInputs(world, 'cat', words, stdin);
  let text = inputs.map((input) => input.text).join('');
  if (isNumbered) {
    const all = text.split('\n');
    const last = all.pop() ?? '';
    text = all.map((line, at) => `${String(at + 1).padStart(6)}\t${line}\n`).join('') + last;
  }
  return { stdout: text, stderr: errors, exitCode: errors === '' ? 0 : 1, durationMs: 0 };
};

const ownAddresses = (world: ToolWorld): string[] =>
  world.stack.interfaces
    .filter((row) => row.kind !== 'loopback')
    .flatMap((row) => row.addresses)
    .filter((one) => one.scope === 'global')
    .map((one) => splitAddress(one.address).address);

const addressByHosts = (world: ToolWorld): string | null => {
  const all = (world.readFile('/etc/hosts') ?? '').split('\n');
  const line = all.find((one) => one.split(/\s+/).slice(1).includes(world.hostname));
  return line === undefined ? null : (line.split(/\s+/)[0] ?? null);
};

const hostnameUsage = busyboxUsage(`Usage: hostname [-sidf] [HOSTNAME | -F FILE]

Show or set hostname or DNS domain name

	-s	Short
	-i	Addresses for the hostname
	-d	DNS domain name
	-f	Fully qualified domain name
	-F FILE	Use FILE's content as hostname
`);

const wrongHostnameOption = ({ userland }: ToolWorld, option: string): ToolOutput => {
  const isOfBusybox = userland === 'busybox';
  if (isOfBusybox && option === '--help') return { ...printed(''), stderr: hostnameUsage };
  const problem = invalidOption('hostname', option);
  return failed(1, `${problem}${isOfBusybox ? hostnameUsage : ''}`);
};

/** `hostname [-f|-s|-i|-I|-d]`. The kernel knows one name; the domain comes from /etc/hosts. */
export const hostname: Tool = (world, argv) => {
  const option = argv[1];
  const full = world.domainname === '' ? world.hostname : `${world.hostname}.${world.domainname}`;
  if (option === undefined) return printed(`${world.hostname}\n`);
  if (option === '-f' || option === '--fqdn') return printed(`${full}\n`);
  if (option === '-s') return printed(`${world.hostname.split('.')[0] ?? ''}\n`);
  if (option === '-d') {
    const domain = full.split('.').slice(1).join('.');
    return printed(domain === '' && world.userland === 'busybox' ? '' : `${domain}\n`);
  }
  if (option === '-I' && world.userland === 'debian') {
    return printed(
      `${ownAddresses(world)
        .map((one) => `${one} `)
        .join('')}\n`,
    );
  }
  if (option === '-i') {
    const address = addressByHosts(world) ?? ownAddresses(world)[0];
    if (address !== undefined) return printed(`${address}\n`);
    return failed(1, `hostname: ${world.hostname}: Name or service not known\n`);
  }
  if (option.startsWith('-')) return wrongHostnameOption(world, option);
  return failed(1, 'hostname: sethostname: Operation not permitted\n');
};

export const pwd: Tool = (world) => printed(`${world.workingDirectory}\n`);

/** The kernel that a simulated host says it runs. */
export const kernel = { release: '6.1.0-21-amd64', machine: 'x86_64' };

export const uname: Tool = (world, argv) => {
  const { options, unknown } = parseOptions(argv, 'asnrvmopi');
  if (unknown !== null) return failed(1, `uname: invalid option -- '${unknown}'\n`);
  const parts: readonly (readonly [letters: string, text: string])[] = [
    ['s', 'Linux'],
    ['n', world.hostname],
    ['r', kernel.release],
    ['v', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)'],
    ['m', kernel.machine],
    ['o', world.userland === 'busybox' ? 'Linux' : 'GNU/Linux'],
  ];
  const shown = parts.filter(([letter]) => options.has('a') || options.has(letter));
  const texts = shown.length === 0 ? ['Linux'] : shown.map(([, text]) => text);
  return printed(`${texts.join(' ')}\n`);
};

const unitsMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `sleep 5`, `sleep 1d`, `sleep infinity`: prints nothing and takes its time. */
export const sleep: Tool = (world, argv) => {
  let durationMs = 0;
  for (const word of argv.slice(1)) {
    if (/^inf(inity)?$/.test(word)) return { ...printed(''), durationMs: null };
    const found = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(word);
    if (found === null) {
      return world.userland === 'busybox'
        ? failed(1, `sleep: invalid number '${word}'\n`)
        : failed(1, `sleep: invalid time interval ‘${word}’\n`);
    }
    durationMs += Number(found[1]) * (unitsMs[found[2] || 's'] ?? 0);
  }
  if (argv.length === 1) return failed(1, 'sleep: missing operand\n');
  return { ...printed(''), durationMs };
};

/** Numbers that one `seq` prints at most. */
const seqMax = 100_000;

export const seq: Tool = (_world, argv) => {
  const { options, operands } = parseOptions(
    argv.map((word) => (/^-\d/.test(word) ? ` ${word}` : word)),
    's:w',
  );
  const numbers = operands.map(Number);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) {
    return failed(1, `seq: invalid floating point argument: ‘${operands.at(0) ?? ''}’\n`);
  }
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
  const last = numbers.at(-1) ?? 0;
  const count = step === 0 ? 0 : Math.floor((last - first) / step) + 1;
  const all = Array.from({ length: Math.max(0, Math.min(count, seqMax)) }, (_, at) =>
    String(first + at * step),
  );
  const width = options.has('w') ? Math.max(0, ...all.map((one) => one.length)) : 0;
  const separator = options.get('s')?.[0] ?? '\n';
  const text = all.map((one) => one.padStart(width, '0')).join(separator);
  return printed(all.length === 0 ? '' : `${text}\n`);
};

export const basename: Tool = (_world, argv) => {
  const [, path = '', suffix = ''] = argv;
  const name = path.replace(/\/+$/, '').replace(/^.*\//, '') || path;
  return printed(`${name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name}\n`);
};

export const dirname: Tool = (_world, argv) => {
  const path = (argv[1] ?? '').replace(/\/+$/, '');
  const at = path.lastIndexOf('/');
  return printed(`${at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at)}\n`);
};

export const printenv: Tool = (world, argv) => {
  const names = argv.slice(1);
  const shown = world.environment.filter(([name]) => names.length === 0 || names.includes(name));
  if (names.length === 0) return printed(lines(shown.map(([name, value]) => `${name}=${value}`)));
  const text = lines(shown.map(([, value]) => value));
  return shown.length < names.length ? failed(1, '', text) : printed(text);
};

export const nothing: Tool = () => printed('');

const two = (value: number): string => String(value).padStart(2, '0');

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `date [+FORMAT]`, in UTC: the lab's own clock. */
export const date: Tool = (world, argv) => {
  const at = new Date(world.now);
  const format = argv.find((word) => word.startsWith('+'));
  const parts: Readonly<Record<string, string>> = {
    Y: String(at.getUTCFullYear()),
    m: two(at.getUTCMonth() + 1),
    d: two(at.getUTCDate()),
    e: String(at.getUTCDate()).padStart(2),
    H: two(at.getUTCHours()),
    M: two(at.getUTCMinutes()),
    S: two(at.getUTCSeconds()),
    s: String(Math.floor(world.now / 1000)),
    N: `${String(world.now % 1000).padStart(3, '0')}000000`,
    a: weekdays[at.getUTCDay()] ?? '',
    b: months[at.getUTCMonth()] ?? '',
    Z: 'UTC',
    z: '+0000',
    '%': '%',
  };
  const template =
    format?.slice(1).replaceAll('%F', '%Y-%m-%d').replaceAll('%T', '%H:%M:%S') ??
    '%a %b %e %H:%M:%S %Z %Y';
  const text = template.replaceAll(
    /%([a-zA-Z%])/g,
    (whole, letter: string) => parts[letter] ?? whole,
  );
  return printed(`${text}\n`);
};
