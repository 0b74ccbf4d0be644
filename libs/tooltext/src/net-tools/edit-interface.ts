import type { LinkSetting, StackEdit } from '@netfold/contracts';
import { formatIp, lastAddress, parseCidr, parseIp, parseMac } from '@netfold/addressing';
import type { InterfaceRow } from '@netfold/dataplane';
import { addressEdits } from '../iproute/edit-address.ts';
import { settingEdits } from '../iproute/edit-link.ts';
import { ipv4Number } from '../iproute/interface-text.ts';
import { found, linkNamed, makeEdits } from '../iproute/made-edits.ts';
import { failed, printed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';

/** The class of an address says its length where nothing else does. */
const classLength = (address: string): number => {
  const [octet = 0] = address.split('.').map(Number);
  if (octet < 128) return 8;
  return octet < 192 ? 16 : 24;
};

/** `255.255.0.0` to 16. */
export const maskLength = (mask: string): number =>
  ipv4Number(mask).toString(2).replaceAll('0', '').length;

type Wish = {
  readonly setting: LinkSetting;
  /** With its length; `null`: taken away (`0.0.0.0`); absent: as it is. */
  readonly address?: string | null;
  readonly broadcast?: string;
};

const addressOf = (words: readonly string[], at: number): string | null => {
  const text = words[at] ?? '';
  const mask = words[words.indexOf('netmask') + 1] ?? '';
  if (text === '0.0.0.0' || text === '0') return null;
  if (text.includes('/')) return text;
  return `${text}/${words.includes('netmask') ? maskLength(mask) : classLength(text)}`;
};

const flags = ['arp', '-arp', 'promisc', '-promisc', 'multicast', '-multicast', 'allmulti'];

const isAddress = (word: string): boolean =>
  parseIp(word) !== null || parseCidr(word) !== null || word === '0';

/** @returns the word that `ifconfig` cannot make anything of */
const wishFrom = (words: readonly string[]): Wish | string => {
  let wish: Wish = { setting: {} };
  const set = (setting: LinkSetting): void => {
    wish = { ...wish, setting: { ...wish.setting, ...setting } };
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (word === 'up' || word === 'down') set({ isUp: word === 'up' });
    else if (word === 'mtu') set({ mtuBytes: Number(value) });
    else if (word === 'hw') set({ mac: parseMac(words[at + 2] ?? '') ?? '' });
    else if (word === 'broadcast') wish = { ...wish, broadcast: value };
    else if (isAddress(word)) wish = { ...wish, address: addressOf(words, at) };
    else if (word !== 'netmask' && word !== 'txqueuelen' && !flags.includes(word)) return word;
    if (['mtu', 'broadcast', 'netmask', 'txqueuelen'].includes(word)) at += 1;
    if (word === 'hw') at += 2;
  }
  return wish;
};

/** A link has one address from `ifconfig`: the first one gives way. */
const addressChange = (edits: LineEdits, link: InterfaceRow, wish: Wish): readonly StackEdit[] => {
  const { address, broadcast } = wish;
  if (address === undefined) return [];
  const first = link.addresses.find(({ family }) => family === 4);
  const removed = first === undefined ? [] : addressEdits(edits.stack, link, [first]);
  const cidr = address === null ? null : parseCidr(address);
  if (address === null || cidr === null) return removed;
  const { namespace, interfaceIndex } = link;
  const given = {
    namespace,
    interfaceIndex,
    family: cidr.family,
    address,
    broadcast: cidr.family === 4 ? (broadcast ?? formatIp(lastAddress(cidr))) : null,
  };
  return [...removed, { kind: 'addAddress', link: found(link), address: given }];
};

/** How both `ifconfig`s say what the kernel refused. */
export type InterfaceRefusals = {
  missing(name: string, isAddress: boolean): ToolOutput;
  unknown(word: string): ToolOutput;
};

/** @source recorded with net-tools 2.10, host-old-tools */
export const netToolsRefusals: InterfaceRefusals = {
  missing: (name, isForAddress) => {
    const flagsProblem = `${name}: ERROR while getting interface flags: No such device\n`;
    return failed(
      255,
      isForAddress ? `SIOCSIFADDR: No such device\n${flagsProblem}` : flagsProblem,
    );
  },
  unknown: (word) =>
    failed(1, `${word}: Host name lookup failure\nifconfig: \`--help' gives usage information.\n`),
};

/** `ifconfig IF up|down|ADDRESS [netmask M] [mtu N] [hw ether MAC]`: an address brings it up. */
export const editInterface = (
  edits: LineEdits,
  name: string,
  words: readonly string[],
  refusals: InterfaceRefusals,
): ToolOutput => {
  const wish = wishFrom(words);
  if (typeof wish === 'string') return refusals.unknown(wish);
  const link = linkNamed(edits.stack, name);
  if (link === null) return refusals.missing(name, wish.address !== undefined);
  const isGiven = wish.address !== undefined && wish.address !== null;
  const setting = isGiven ? { isUp: true, ...wish.setting } : wish.setting;
  const made = [...addressChange(edits, link, wish), ...settingEdits(edits.stack, link, setting)];
  return made.length === 0 ? printed('') : makeEdits(edits, made);
};
