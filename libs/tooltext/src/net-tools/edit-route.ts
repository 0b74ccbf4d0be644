import { parseCidr, parseIp } from '@netfold/addressing';
import { addRoute, removeRoute } from '../iproute/edit-route.ts';
import { maskLength } from './edit-interface.ts';
import { failed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';

type Wish = {
  readonly destination: string;
  readonly gateway: string | null;
  readonly device: string | null;
  readonly metric: number;
};

const valued = ['gw', 'netmask', 'metric', 'dev', 'mss', 'window', 'irtt'];

const wishFrom = (words: readonly string[]): Wish => {
  const valueOf = (word: string): string | null => {
    const at = words.indexOf(word);
    return at < 0 ? null : (words[at + 1] ?? null);
  };
  const bare = words.filter(
    (word, at) =>
      !word.startsWith('-') && !valued.includes(word) && !valued.includes(words[at - 1] ?? ''),
  );
  const [target = '', device = null] = bare;
  return {
    destination: destinationOf(target, valueOf('netmask')),
    gateway: valueOf('gw'),
    device: valueOf('dev') ?? device,
    metric: Number(valueOf('metric') ?? 0),
  };
};

const destinationOf = (target: string, mask: string | null): string => {
  if (target === 'default' || target === '0.0.0.0') return 'default';
  if (target.includes('/')) return target;
  return `${target}/${mask === null ? 32 : maskLength(mask)}`;
};

/** The kernel's words behind those of the call that failed. */
const problems: readonly (readonly [said: RegExp, meant: string])[] = [
  [/File exists/, 'File exists'],
  [/No such process/, 'No such process'],
  [/invalid gateway|unreachable/, 'Network is unreachable'],
  [/not up/, 'Network is down'],
  [/Invalid prefix/, 'Invalid argument'],
  [/No such device|Cannot find device/, 'No such device'],
  [/Operation not permitted/, 'Operation not permitted'],
];

/** How a `route` says that the kernel refused. */
export type RouteStyle = { readonly prefix: string; readonly exitCode: number };

/** @source recorded with net-tools 2.10, host-old-tools */
export const netToolsStyle: RouteStyle = { prefix: '', exitCode: 7 };

const isNumber = (text: string): boolean => parseIp(text) !== null;

/** `route add|del [-net|-host] TARGET [netmask M] [gw G] [metric N] [[dev] IF]`. */
export const editRoute = (
  edits: LineEdits,
  verb: string,
  words: readonly string[],
  style: RouteStyle,
): ToolOutput => {
  const isAdding = verb === 'add';
  const call = `${style.prefix}${isAdding ? 'SIOCADDRT' : 'SIOCDELRT'}`;
  const wish = wishFrom(words);
  if (wish.destination !== 'default' && parseCidr(wish.destination) === null) {
    return failed(4, `${wish.destination.split('/', 1)[0] ?? ''}: Host name lookup failure\n`);
  }
  if (wish.gateway !== null && !isNumber(wish.gateway)) {
    return failed(4, `${wish.gateway}: Host name lookup failure\n`);
  }
  const asked = [
    wish.destination,
    ...(wish.gateway === null ? [] : ['via', wish.gateway]),
    ...(wish.device === null ? [] : ['dev', wish.device]),
    ...(wish.metric === 0 ? [] : ['metric', String(wish.metric)]),
  ];
  const output = isAdding ? addRoute(edits, asked, 'prepend', 4) : removeRoute(edits, asked, 4);
  if (output.exitCode === 0) return output;
  const meant = problems.find(([said]) => said.test(output.stderr))?.[1] ?? 'Invalid argument';
  return failed(style.exitCode, `${call}: ${meant}\n`);
};
