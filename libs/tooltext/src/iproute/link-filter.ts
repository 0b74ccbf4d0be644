import { containsAddress, parseCidr, parseIp } from '@netfold/addressing';
import type { InterfaceAddress, InterfaceRow } from '@netfold/dataplane';
import type { StackView } from '../tool.ts';
import { splitAddress } from './interface-text.ts';
import { matches } from './ip-options.ts';

/** Which interfaces `ip link show` and `ip addr show` list. */
export type LinkFilter = {
  readonly device: string | null;
  readonly master: string | null;
  readonly hasNoMaster: boolean;
  readonly type: string | null;
  readonly isUpOnly: boolean;
  readonly to: string | null;
  readonly scope: string | null;
  readonly label: string | null;
};

const everything: LinkFilter = {
  device: null,
  master: null,
  hasNoMaster: false,
  type: null,
  isUpOnly: false,
  to: null,
  scope: null,
  label: null,
};

const valued = ['dev', 'master', 'type', 'to', 'scope', 'label', 'group', 'vrf'];

/** Reads what follows `show`. A bare word is a device. */
export const parseLinkFilter = (words: readonly string[]): LinkFilter => {
  let filter = everything;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'up') filter = { ...filter, isUpOnly: true };
    else if (word === 'nomaster') filter = { ...filter, hasNoMaster: true };
    else if (valued.includes(word)) {
      const value = words[at + 1] ?? '';
      at += 1;
      if (word === 'dev') filter = { ...filter, device: value };
      if (word === 'master') filter = { ...filter, master: value };
      if (word === 'type') filter = { ...filter, type: value };
      if (word === 'to') filter = { ...filter, to: value };
      if (word === 'scope') filter = { ...filter, scope: value };
      if (word === 'label') filter = { ...filter, label: value };
    } else filter = { ...filter, device: word };
  }
  return filter;
};

const typeOf = (row: InterfaceRow): string | null =>
  row.kind === 'loopback' || row.kind === 'nic' ? null : row.kind;

/** The name of a device that the filter asks for and that does not exist. */
export const missingDevice = (stack: StackView, filter: LinkFilter): string | null => {
  for (const name of [filter.device, filter.master]) {
    if (name === null) continue;
    if (!stack.interfaces.some((row) => row.name === name)) return name;
  }
  return null;
};

export const filterLinks = (stack: StackView, filter: LinkFilter): InterfaceRow[] =>
  stack.interfaces.filter(
    (row) =>
      (filter.device === null || row.name === filter.device) &&
      (filter.master === null || row.master === filter.master) &&
      (!filter.hasNoMaster || row.master === null) &&
      (filter.type === null || typeOf(row) === filter.type) &&
      (!filter.isUpOnly || row.isUp),
  );

/** Whether the filter is about addresses: links without any that fits are not listed. */
export const isAboutAddresses = ({ to, scope, label }: LinkFilter): boolean =>
  to !== null || scope !== null || label !== null;

/** The addresses of a link that the filter lets through; IPv6 ones have no labels. */
export const filterAddresses = (
  addresses: readonly InterfaceAddress[],
  name: string,
  { to, scope, label }: LinkFilter,
): InterfaceAddress[] => {
  const within = to === null ? null : parseCidr(to.includes('/') ? to : `${to}/32`);
  return addresses.filter((one) => {
    const address = parseIp(splitAddress(one.address).address);
    return (
      (scope === null || scope === 'all' || one.scope === scope) &&
      (label === null || (one.family === 4 ? (one.label ?? name) : name) === label) &&
      (within === null || (address !== null && containsAddress(within, address)))
    );
  });
};

/** Whether a word asks for the listing. */
export const isShow = (word: string | undefined): boolean =>
  word === undefined || matches(word, 'show', 'list', 'lst') || word === 'ls';
