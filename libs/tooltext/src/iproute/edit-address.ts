import type { HandMadeAddress, StackEdit } from '@netfold/contracts';
import { formatCidr, formatIp, lastAddress, parseCidr } from '@netfold/addressing';
import type { Cidr } from '@netfold/addressing';
import { networkOf } from '@netfold/dataplane';
import type { InterfaceAddress, InterfaceRow } from '@netfold/dataplane';
import { failed } from '../tool.ts';
import type { LineEdits, StackView, ToolOutput } from '../tool.ts';
import { splitAddress } from './interface-text.ts';
import { found, linkNamed, makeEdits, noDevice, refusedAs, routesLost } from './made-edits.ts';

type Asked = {
  readonly address: string;
  readonly device: string | null;
  readonly broadcast: string | null;
  readonly label: string | null;
};

const valued = ['dev', 'local', 'broadcast', 'brd', 'label', 'scope', 'peer', 'metric'];

const askedFrom = (words: readonly string[]): Asked => {
  const valueOf = (...names: readonly string[]): string | null => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? null : (words[at + 1] ?? '');
  };
  const bare = words.find(
    (word, at) => !valued.includes(word) && !valued.includes(words[at - 1] ?? ''),
  );
  return {
    address: valueOf('local') ?? bare ?? '',
    device: valueOf('dev'),
    broadcast: valueOf('broadcast', 'brd'),
    label: valueOf('label'),
  };
};

/** An address with its length; a bare one is alone in its network. */
const cidrOf = (text: string): Cidr | null =>
  parseCidr(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);

const noPrefix = (text: string): ToolOutput =>
  failed(1, `Error: any valid prefix is expected rather than "${text}".\n`);

/** `+` and `-`: all ones, and none; another word is the address itself. */
const broadcastOf = (text: string | null, cidr: Cidr): string | null => {
  if (text === null || text === '-' || cidr.family === 6) return null;
  return text === '+' ? formatIp(lastAddress(cidr)) : text;
};

type Found = { readonly link: InterfaceRow; readonly cidr: Cidr; readonly asked: Asked };

const lookUp = (stack: StackView, words: readonly string[]): Found | ToolOutput => {
  const asked = askedFrom(words);
  const cidr = cidrOf(asked.address);
  if (cidr === null) return noPrefix(asked.address);
  if (asked.device === null) {
    return failed(1, 'Not enough information: "dev" argument is required.\n');
  }
  const link = linkNamed(stack, asked.device);
  return link === null ? noDevice(asked.device) : { link, cidr, asked };
};

/** @source Linux net/ipv4/devinet.c; recorded host-link-refusals */
export const addAddress = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const looked = lookUp(edits.stack, words);
  if ('exitCode' in looked) return looked;
  const { link, cidr, asked } = looked;
  const address = formatCidr(cidr);
  if (link.addresses.some((one) => one.address === address)) {
    return refusedAs(`ipv${cidr.family}: Address already assigned.`);
  }
  const { namespace, interfaceIndex } = link;
  const broadcast = broadcastOf(asked.broadcast, cidr);
  const { family } = cidr;
  const label = asked.label === null ? {} : { label: asked.label };
  const given: HandMadeAddress = {
    namespace,
    interfaceIndex,
    family,
    address,
    broadcast,
    ...label,
  };
  return makeEdits(edits, [{ kind: 'addAddress', link: found(link), address: given }]);
};

const wildcardWarning = (address: string): string =>
  'Warning: Executing wildcard deletion to stay compatible with old scripts.\n' +
  `         Explicitly specify the prefix length (${address}/32) to avoid this warning.\n` +
  '         This special behaviour is likely to disappear in further releases,\n' +
  '         fix your scripts!\n';

export const removeAddress = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const asked = askedFrom(words);
  const isWild = !asked.address.includes('/') && !asked.address.includes(':');
  const looked = lookUp(edits.stack, words);
  const warning = isWild && cidrOf(asked.address) !== null ? wildcardWarning(asked.address) : '';
  if ('exitCode' in looked) return { ...looked, stderr: warning + looked.stderr };
  const { link, cidr } = looked;
  const wanted = formatCidr(cidr);
  const row = link.addresses.find(({ address }) =>
    isWild ? splitAddress(address).address === asked.address : address === wanted,
  );
  if (row === undefined) {
    const refused = refusedAs(`ipv${cidr.family}: Address not found.`);
    return { ...refused, stderr: warning + refused.stderr };
  }
  const output = makeEdits(edits, addressEdits(edits.stack, link, [row]));
  return { ...output, stderr: warning + output.stderr };
};

/**
 * An address goes with those that are secondary to it; the last one of IPv4 takes all routes of
 * the link along.
 *
 * @source Linux net/ipv4/devinet.c __inet_del_ifa, net/ipv4/fib_frontend.c fib_inetaddr_event
 */
export const addressEdits = (
  stack: StackView,
  link: InterfaceRow,
  rows: readonly InterfaceAddress[],
): readonly StackEdit[] => {
  const isGone = (one: InterfaceAddress): boolean =>
    rows.includes(one) || rows.some((row) => isSecondaryTo(one, row));
  const gone = link.addresses.filter(isGone);
  const isEmpty = !link.addresses.some((one) => one.family === 4 && !isGone(one));
  const had = gone.some(({ family }) => family === 4);
  const sources = gone.map(({ address }) => splitAddress(address).address);
  const lost = routesLost(
    isEmpty && had
      ? stack
      : { ...stack, routes: stack.routes.filter(({ source }) => sources.includes(source ?? '')) },
    link,
  );
  return [
    ...lost,
    ...gone.map(({ address }): StackEdit => ({
      kind: 'removeAddress',
      link: found(link),
      address,
    })),
  ];
};

const isSecondaryTo = (one: InterfaceAddress, row: InterfaceAddress): boolean =>
  one.isSecondary === true &&
  row.isSecondary !== true &&
  networkOf(one.address) === networkOf(row.address);

/** `ip addr flush [dev] DEV`. */
export const flushAddresses = (
  edits: LineEdits,
  words: readonly string[],
  family: 4 | 6 | null,
): ToolOutput => {
  const at = words.indexOf('dev');
  const name = (at < 0 ? words[0] : words[at + 1]) ?? '';
  if (name === '') return failed(255, 'Flush requires arguments.\n');
  const link = linkNamed(edits.stack, name);
  if (link === null) return failed(1, `Device "${name}" does not exist.\n`);
  const rows = link.addresses.filter((one) => family === null || one.family === family);
  return makeEdits(edits, addressEdits(edits.stack, link, rows));
};
