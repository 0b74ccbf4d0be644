import type { LinkSetting, StackEdit } from '@netfold/contracts';
import { parseMac } from '@netfold/addressing';
import type { InterfaceRow } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { LineEdits, StackView, ToolOutput } from '../tool.ts';
import {
  answers,
  found,
  linkNamed,
  makeEdits,
  noDevice,
  refusedAs,
  routesLost,
} from './made-edits.ts';

/** Bytes. @source Linux net/core/dev.c; recorded host-link-refusals */
const mtu = { min: 68, max: 65_535 } as const;

/** IFNAMSIZ of the kernel, without the final zero. */
export const linkNameMax = 15;

/** Settings with a value that change nothing a lab knows of. */
const ignored = ['alias', 'txqueuelen', 'qlen', 'group', 'addrgenmode', 'protodown'];
const ignoredSwitches = ['arp', 'multicast', 'allmulticast', 'promisc', 'dynamic', 'trailers'];

/** What `ip link set` is asked for. */
type Wish = {
  readonly device: string | null;
  readonly setting: LinkSetting;
  readonly namespace: string | null;
};

type Reading = { wish: Wish; problem: ToolOutput | null };

const wrong = (value: string, problem: string): ToolOutput =>
  failed(255, `Error: argument "${value}" is wrong: ${problem}\n\n`);

/** Words with a value; each says what it makes of the wish, or why it cannot. */
const readers: Readonly<
  Record<string, (value: string, edits: LineEdits) => Partial<Wish> | ToolOutput>
> = {
  dev: (device) => ({ device }),
  name: (name) =>
    name.length > linkNameMax
      ? refusedAs('Attribute failed policy validation.')
      : { setting: { name } },
  address: (text) => {
    const mac = parseMac(text);
    return mac === null ? failed(1, `"${text}" is invalid lladdr.\n`) : { setting: { mac } };
  },
  mtu: (text) =>
    /^\d+$/.test(text)
      ? { setting: { mtuBytes: Number(text) } }
      : wrong(text, 'Invalid "mtu" value'),
  master: (name, { stack }) => {
    const bridge = linkNamed(stack, name);
    return bridge === null
      ? wrong(name, 'Device does not exist')
      : { setting: { master: found(bridge) } };
  },
  netns: (name, edits) =>
    isNamespace(edits, name) ? { namespace: name } : wrong(name, 'Invalid "netns" value'),
};

/** By its name, or `1`: the stack of the first process, which is the host's own. */
const isNamespace = (edits: LineEdits, name: string): boolean =>
  name === '1' || edits.namespaces.some((one) => one.name === name);

const merged = (wish: Wish, more: Partial<Wish>): Wish => ({
  ...wish,
  ...more,
  setting: { ...wish.setting, ...more.setting },
});

const read = (edits: LineEdits, words: readonly string[]): Reading => {
  let wish: Wish = { device: null, setting: {}, namespace: null };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const reader = readers[word === 'lladdr' ? 'address' : word];
    if (word === 'type') break;
    if (word === 'up' || word === 'down') wish = merged(wish, { setting: { isUp: word === 'up' } });
    else if (word === 'nomaster') wish = merged(wish, { setting: { master: null } });
    else if (reader !== undefined) {
      at += 1;
      const value = reader(words[at] ?? '', edits);
      if ('exitCode' in value) return { wish, problem: value };
      wish = merged(wish, value);
    } else if (ignored.includes(word) || ignoredSwitches.includes(word)) at += 1;
    else if (wish.device === null) wish = { ...wish, device: word };
    else {
      const problem = `Error: either "dev" is duplicate, or "${word}" is a garbage.\n`;
      return { wish, problem: failed(255, problem) };
    }
  }
  return { wish, problem: null };
};

/** `ip link set DEV ...`. @source recorded host-link-refusals, host-bridge-and-namespaces */
export const setLink = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const { wish, problem } = read(edits, words);
  if (problem !== null) return problem;
  if (wish.device === null) {
    return failed(255, 'Not enough information: "dev" argument is required.\n');
  }
  const link = linkNamed(edits.stack, wish.device);
  if (link === null) return noDevice(wish.device);
  const refused = refusalOf(edits.stack, link, wish.setting);
  if (refused !== null) return refused;
  return wish.namespace === null
    ? makeEdits(edits, settingEdits(edits.stack, link, wish.setting))
    : moved(edits, link, { ...wish, namespace: wish.namespace });
};

/** A link that goes down takes its routes along; nothing asked for changes nothing. */
export const settingEdits = (
  stack: StackView,
  link: InterfaceRow,
  setting: LinkSetting,
): readonly StackEdit[] => {
  const lost = setting.isUp === false ? routesLost(stack, link) : [];
  const isNothing = Object.keys(setting).length === 0;
  return isNothing ? [] : [...lost, { kind: 'setLink', link: found(link), setting }];
};

/** What the kernel refuses, in the order in which it sets. */
const refusalOf = (
  stack: StackView,
  link: InterfaceRow,
  setting: LinkSetting,
): ToolOutput | null => {
  const { mtuBytes, name, master } = setting;
  if (mtuBytes !== undefined && mtuBytes < mtu.min) {
    return refusedAs('mtu less than device minimum.');
  }
  if (mtuBytes !== undefined && mtuBytes > mtu.max) {
    return refusedAs('mtu greater than device maximum.');
  }
  if (name !== undefined && name !== link.name && linkNamed(stack, name) !== null) {
    return answers('File exists');
  }
  return master ? refusalOfPort(link, linkNamed(stack, master.name)) : null;
};

/** @source Linux net/bridge/br_if.c br_add_if */
const refusalOfPort = (link: InterfaceRow, bridge: InterfaceRow | null): ToolOutput | null => {
  if (bridge?.kind !== 'bridge') return answers('Operation not supported');
  if (link.kind === 'loopback') return answers('Invalid argument');
  return link.kind === 'bridge' ? refusedAs('Can not enslave a bridge to a bridge.') : null;
};

const hostProcess = '1';

/** A link in another stack is down there, without addresses and routes. */
const moved = (
  edits: LineEdits,
  link: InterfaceRow,
  wish: Wish & { readonly namespace: string },
): ToolOutput => {
  const isOfEngine = link.networkId !== null || link.endpointId !== null || link.kind === 'nic';
  if (link.kind === 'loopback' || link.kind === 'bridge') {
    return refusedAs('The interface netns is immutable.');
  }
  if (isOfEngine) {
    return failed(2, `netfold: \`ip link set ${link.name} netns\` moves hand-made links only\n`);
  }
  const namespace = wish.namespace === hostProcess ? '' : `netns/${wish.namespace}`;
  if (namespace === edits.namespace) return printed('');
  const inside = namespace === '' ? edits.outside() : edits.within(wish.namespace);
  const there = inside?.stack.interfaces.some((row) => row.name === link.name) === true;
  if (there) return answers('File exists');
  const before = settingEdits(edits.stack, link, { isUp: false });
  const output = makeEdits(edits, [...before, { kind: 'moveLink', link: found(link), namespace }]);
  const row = inside === null ? null : linkNamed(inside.stack, link.name);
  if (output.exitCode !== 0 || inside === null || row === null) return output;
  return makeEdits(inside, settingEdits(inside.stack, row, wish.setting));
};

/** `ip link del DEV`: of a pair both halves go. */
export const removeLink = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const at = words.indexOf('dev');
  const name = at < 0 ? words[0] : words[at + 1];
  if (name === undefined) {
    return failed(1, 'Not enough information: "dev" argument is required.\n');
  }
  const link = linkNamed(edits.stack, name);
  if (link === null) return noDevice(name);
  if (link.kind === 'loopback' || link.kind === 'nic') return answers('Operation not supported');
  return makeEdits(edits, [
    ...routesLost(edits.stack, link),
    { kind: 'removeLink', link: found(link) },
  ]);
};
