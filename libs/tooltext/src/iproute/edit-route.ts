import type { HandMadeRoute, StackEdit } from '@netfold/contracts';
import { formatCidr, formatNetwork, parseCidr, parseIp } from '@netfold/addressing';
import { isWithinNetwork } from '@netfold/dataplane';
import type { InterfaceRow, RouteRow } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { LineEdits, StackView, ToolOutput } from '../tool.ts';
import { splitAddress } from './interface-text.ts';
import { isSelected, parseFilter } from './ip-route.ts';
import {
  answers,
  found,
  linkNamed,
  makeEdits,
  noDevice,
  refusedAs,
  removedRoute,
} from './made-edits.ts';

/** Kinds of routes that lead nowhere, which a lab does not know. */
const otherTypes = ['blackhole', 'unreachable', 'prohibit', 'throw', 'local', 'broadcast', 'nat'];

const defaultMetric6 = 1_024;

type RouteWish = {
  /** `default` or a CIDR, with the length of a lone address. */
  readonly destination: string;
  readonly family: 4 | 6;
  readonly gateway: string | null;
  readonly device: string | null;
  readonly source: string | null;
  readonly metric: number | null;
};

type Reading = { -readonly [K in keyof RouteWish]: RouteWish[K] };

const valued = ['proto', 'protocol', 'scope', 'table', 'mtu', 'advmss', 'pref', 'tos', 'weight'];

const notAnAddress = (text: string): ToolOutput =>
  failed(1, `Error: inet address is expected rather than "${text}".\n`);

const wishFrom = (words: readonly string[], family: 4 | 6 | null): RouteWish | ToolOutput => {
  const wish: Reading = {
    destination: '',
    family: family ?? 4,
    gateway: null,
    device: null,
    source: null,
    metric: null,
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (['via', 'dev', 'src', 'metric', 'preference', 'to'].includes(word)) at += 1;
    else if (valued.includes(word)) {
      at += 1;
      continue;
    }
    if (word === 'via' || word === 'src') {
      if (parseIp(value) === null) return notAnAddress(value);
      wish[word === 'via' ? 'gateway' : 'source'] = value;
    } else if (word === 'dev') wish.device = value;
    else if (word === 'metric' || word === 'preference') wish.metric = Number(value);
    else if (word === 'onlink') continue;
    else if (wish.destination === '') {
      const text = word === 'to' ? value : word;
      const problem = readDestination(wish, text);
      if (problem !== null) return problem;
    } else return failed(255, `Error: either "to" is duplicate, or "${word}" is a garbage.\n`);
  }
  return wish;
};

const readDestination = (wish: Reading, text: string): ToolOutput | null => {
  if (text === 'default' || text === '0.0.0.0/0' || text === '::/0') {
    wish.destination = 'default';
    if (text === '::/0' || wish.gateway?.includes(':') === true) wish.family = 6;
    return null;
  }
  const length = text.includes(':') ? 128 : 32;
  const cidr = parseCidr(text.includes('/') ? text : `${text}/${length}`);
  if (cidr === null) {
    return failed(1, `Error: any valid prefix is expected rather than "${text}".\n`);
  }
  wish.family = cidr.family;
  wish.destination = formatCidr(cidr);
  return formatNetwork(cidr) === wish.destination
    ? null
    : refusedAs('Invalid prefix for given prefix length.');
};

/** What `ip route add` and its like do with routes that are there. */
export type RouteVerb = 'add' | 'append' | 'prepend' | 'change' | 'replace';

/** @source Linux net/ipv4/fib_semantics.c; recorded host-routes */
export const addRoute = (
  edits: LineEdits,
  words: readonly string[],
  verb: RouteVerb,
  family: 4 | 6 | null,
): ToolOutput => {
  if (otherTypes.includes(words[0] ?? '')) {
    return failed(2, `netfold: routes of type ${words[0] ?? ''} are not simulated\n`);
  }
  const wish = wishFrom(words[0] === 'unicast' ? words.slice(1) : words, family);
  if ('exitCode' in wish) return wish;
  if (wish.destination === '') return answers('No such device');
  const link = wish.device === null ? null : linkNamed(edits.stack, wish.device);
  if (wish.device !== null && link === null) return noDevice(wish.device);
  const device = deviceFor(edits.stack, wish, link);
  return 'exitCode' in device ? device : made(edits, wish, device, verb);
};

/** The link that the route will lead out of, or why the kernel takes none. */
const deviceFor = (
  stack: StackView,
  { gateway, family }: RouteWish,
  link: InterfaceRow | null,
): InterfaceRow | ToolOutput => {
  if (gateway === null) {
    if (link === null) return answers('No such device');
    return link.isUp ? link : refusedAs('Device for nexthop is not up.');
  }
  if (link?.isUp === false) return refusedAs('Nexthop device is not up.');
  const reaching = stack.routes
    .filter((row) => row.family === family && isWithinNetwork(networkText(row), gateway))
    .toSorted((one, other) => lengthOf(other) - lengthOf(one));
  if (reaching.length === 0) return answers('Network is unreachable');
  const direct = reaching.find((row) => link === null || row.device === link.name);
  const best = link === null ? reaching[0] : direct;
  if (best === undefined || best.gateway !== null) return refusedAs('Nexthop has invalid gateway.');
  const isOwn = stack.interfaces.some((row) =>
    row.addresses.some((one) => splitAddress(one.address).address === gateway),
  );
  const device = linkNamed(stack, best.device);
  return device === null || isOwn ? refusedAs('Nexthop has invalid gateway.') : device;
};

const networkText = ({ destination, family }: RouteRow): string => {
  if (destination !== 'default') return destination;
  return family === 4 ? '0.0.0.0/0' : '::/0';
};

const lengthOf = (row: RouteRow): number => splitAddress(networkText(row)).prefix;

const made = (
  edits: LineEdits,
  wish: RouteWish,
  device: InterfaceRow,
  verb: RouteVerb,
): ToolOutput => {
  const { stack } = edits;
  const { source, gateway, destination, family } = wish;
  if (source !== null && !isOwnAddress(stack, source)) return refusedAs('Invalid prefsrc address.');
  const metric = wish.metric ?? (family === 6 ? defaultMetric6 : 0);
  const same = stack.routes.filter(
    (row) => row.family === family && row.destination === destination && row.metric === metric,
  );
  if (verb === 'add' && same.length > 0) return answers('File exists');
  if (verb === 'change' && same.length === 0) return answers('No such file or directory');
  const isThere = same.some((row) => row.device === device.name && row.gateway === gateway);
  if ((verb === 'append' || verb === 'prepend') && isThere) return answers('File exists');
  const { namespace, interfaceIndex } = device;
  const scope = gateway === null ? 'link' : 'global';
  const where = { namespace, interfaceIndex, family, destination, gateway, metric };
  const route: HandMadeRoute = { ...where, scope, source };
  const added: StackEdit = { kind: 'addRoute', link: found(device), route };
  const replaced = verb === 'change' || verb === 'replace' ? same.slice(0, 1) : [];
  const later = verb === 'prepend' ? same : [];
  return makeEdits(edits, [
    ...[...replaced, ...later].flatMap((row) => removal(stack, row)),
    added,
    ...later.flatMap((row) => again(stack, row)),
  ]);
};

const isOwnAddress = (stack: StackView, address: string): boolean =>
  stack.interfaces.some((row) =>
    row.addresses.some((one) => splitAddress(one.address).address === address),
  );

const removal = (stack: StackView, row: RouteRow): StackEdit[] => {
  const link = linkNamed(stack, row.device);
  return link === null ? [] : [removedRoute(link, row)];
};

/** A route that comes behind a new one of the same destination. */
const again = (stack: StackView, row: RouteRow): StackEdit[] => {
  const link = linkNamed(stack, row.device);
  if (link === null) return [];
  const { namespace, interfaceIndex } = link;
  const { family, destination, gateway, metric, scope, source } = row;
  const where = { namespace, interfaceIndex, family, destination, gateway, metric };
  return [{ kind: 'addRoute', link: found(link), route: { ...where, scope, source } }];
};

/** `ip route del`: the first route that has all that was said. */
export const removeRoute = (
  edits: LineEdits,
  words: readonly string[],
  family: 4 | 6 | null,
): ToolOutput => {
  const wish = wishFrom(words, family);
  if ('exitCode' in wish) return wish;
  const { device, gateway, metric, source } = wish;
  if (device !== null && linkNamed(edits.stack, device) === null) return noDevice(device);
  const row = edits.stack.routes.find(
    (one) =>
      one.family === wish.family &&
      one.destination === wish.destination &&
      (device === null || one.device === device) &&
      (gateway === null || one.gateway === gateway) &&
      (metric === null || one.metric === metric) &&
      (source === null || one.source === source),
  );
  if (row === undefined) return answers('No such process');
  return makeEdits(edits, removal(edits.stack, row));
};

/** `ip route flush ...`: every route that fits. */
export const flushRoutes = (
  edits: LineEdits,
  words: readonly string[],
  family: 4 | 6 | null,
): ToolOutput => {
  if (words.length === 0) return failed(255, '"ip route flush" requires arguments.\n');
  if (words[0] === 'cache') return printed('');
  const filter = parseFilter(words[0] === 'all' ? [] : words);
  const rows = edits.stack.routes.filter(
    (row) => row.family === (family ?? 4) && isSelected(row, filter),
  );
  return makeEdits(
    edits,
    rows.flatMap((row) => removal(edits.stack, row)),
  );
};
