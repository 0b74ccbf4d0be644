import type { NotPlayed, UsageProblem } from './edit-problems.ts';
import { extensionReaders, readPorts, readSyn } from './extension-arguments.ts';
import { usualLevel } from './extension-text.ts';
import { hostOrNetwork } from './host-or-network.ts';
import type { Reader, RuleDraft } from './rule-draft.ts';
import { portNumber } from './port-number.ts';

type Read = number | UsageProblem | NotPlayed;

const protocols: Readonly<Record<string, string>> = {
  tcp: 'tcp',
  udp: 'udp',
  sctp: 'sctp',
  icmp: 'icmp',
  icmpv6: 'ipv6-icmp',
  'ipv6-icmp': 'ipv6-icmp',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'ipv6-icmp',
};

/** One option of a rule, with a `!` before it. */
export const readMatch = (draft: RuleDraft, words: readonly string[], at: number): Read => {
  const negated = words[at] === '!';
  const from = negated ? at + 1 : at;
  const word = words[from] ?? '';
  if (!word.startsWith('-')) return { problem: `Bad argument \`${word}'`, isBare: true };
  if (word === '--syn') return readSyn(draft, { negated, word }) ?? from + 1;
  const reader = readers[word] ?? extensionReaders[word];
  if (reader === undefined) return { problem: `unknown option "${word}"` };
  const value = words[from + 1];
  if (value === undefined) return { problem: `option "${word}" requires an argument` };
  const problem = reader(draft, value, { negated, word });
  if (problem !== null) return problem;
  return from + 2;
};

const anywhere: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

const address =
  (side: 'source' | 'destination'): Reader =>
  (draft, value, { negated }) => {
    if (value.includes(',')) return { notPlayed: 'a list of addresses' };
    const network = hostOrNetwork(value, draft.family);
    if (network === null) return { problem: `host/network \`${value}' not found` };
    if (!anywhere.has(network)) {
      draft.match = { ...draft.match, [side]: { value: network, negated } };
    }
    return null;
  };

const device =
  (side: 'inInterface' | 'outInterface'): Reader =>
  (draft, value, { negated }) => {
    draft.match = { ...draft.match, [side]: { value, negated } };
    return null;
  };

const protocol: Reader = (draft, value, { negated }) => {
  if (negated) return { notPlayed: 'a negated protocol' };
  if (value === 'all' || value === '0') return null;
  const name = protocols[value.toLowerCase()];
  if (name === undefined) return { problem: `unknown protocol "${value}" specified` };
  draft.loaded.add(name);
  draft.match = { ...draft.match, protocol: name };
  return null;
};

const port =
  (side: 'sourcePort' | 'destinationPort'): Reader =>
  (draft, value, { negated, word }) => {
    const { protocol: name = '' } = draft.match;
    if (!['tcp', 'udp', 'sctp'].includes(name)) return { problem: `unknown option "${word}"` };
    if (negated || value.includes(':')) {
      const isSource = side === 'sourcePort';
      return readPorts(draft, isSource ? 'source' : 'destination', value, { negated, word });
    }
    const number = portNumber(value);
    if (number === null) return { problem: `invalid port/service \`${value}' specified` };
    draft.match = { ...draft.match, [side]: number };
    return null;
  };

const extensions: ReadonlySet<string> = new Set(
  'tcp udp sctp icmp conntrack addrtype comment limit multiport state'.split(' '),
);
const otherExtensions: ReadonlySet<string> = new Set(
  'mac mark owner physdev string iprange icmp6 set recent'.split(' '),
);

const load: Reader = (draft, value) => {
  if (otherExtensions.has(value)) return { notPlayed: `the match \`${value}\`` };
  if (!extensions.has(value)) {
    return { problem: `Couldn't load match \`${value}':No such file or directory\n` };
  }
  draft.loaded.add(value);
  return null;
};

const states: ReadonlySet<string> = new Set(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID']);

const connectionStates: Reader = (draft, value, { negated, word }) => {
  if (!draft.loaded.has('conntrack')) return { problem: `unknown option "${word}"` };
  const asked = value.split(',');
  const unknown = asked.find((state) => !states.has(state));
  if (unknown !== undefined) return { problem: `Bad ctstate "${unknown}"` };
  if (negated) return { notPlayed: 'a negated state' };
  // Printed in the kernel's order, whatever was typed.
  const ordered = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED'].filter((one) => asked.includes(one));
  draft.match = { ...draft.match, connectionStates: ordered };
  return null;
};

const destinationType: Reader = (draft, value, { negated, word }) => {
  if (!draft.loaded.has('addrtype')) return { problem: `unknown option "${word}"` };
  if (negated || value !== 'LOCAL') return { notPlayed: `the address type \`${value}\`` };
  draft.match = { ...draft.match, destinationType: 'LOCAL' };
  return null;
};

const plainTargets: readonly string[] = ['ACCEPT', 'DROP', 'RETURN', 'MASQUERADE'];
const otherTargets: ReadonlySet<string> = new Set(
  'MARK TPROXY NFLOG CONNMARK NOTRACK QUEUE TCPMSS'.split(' '),
);

const jump: Reader = (draft, value) => {
  if (otherTargets.has(value)) return { notPlayed: `the target \`${value}\`` };
  if (value === 'REJECT') {
    const rejectWith = `icmp${draft.family === 4 ? '' : '6'}-port-unreachable`;
    draft.target = { kind: 'REJECT', rejectWith };
  } else if (value === 'LOG') draft.target = { kind: 'LOG', prefix: '', level: usualLevel };
  else if (value === 'REDIRECT') draft.target = { kind: 'REDIRECT', ports: null };
  else if (value === 'DNAT' || value === 'SNAT') draft.target = { kind: value, to: '' };
  else if (plainTargets.includes(value)) {
    draft.target = { kind: value as 'ACCEPT' | 'DROP' | 'RETURN' | 'MASQUERADE' };
  } else draft.target = { kind: 'jump', chain: value };
  return null;
};

const to: Reader = (draft, value, { word }) => {
  const kind = word === '--to-source' ? 'SNAT' : word === '--to-destination' ? 'DNAT' : null;
  const { target } = draft;
  const isFitting = target?.kind === 'DNAT' || target?.kind === 'SNAT';
  if (!isFitting || (kind !== null && kind !== target.kind)) {
    return { problem: `unknown option "${word}"` };
  }
  draft.target = { ...target, to: value };
  return null;
};

const rejectWith: Reader = (draft, value, { word }) => {
  if (draft.target?.kind !== 'REJECT') return { problem: `unknown option "${word}"` };
  draft.target = { kind: 'REJECT', rejectWith: value };
  return null;
};

const goTo: Reader = (draft, chain) => {
  draft.target = { kind: 'goto', chain };
  return null;
};

const readers: Readonly<Record<string, Reader>> = {
  '-s': address('source'),
  '--source': address('source'),
  '--src': address('source'),
  '-d': address('destination'),
  '--destination': address('destination'),
  '--dst': address('destination'),
  '-i': device('inInterface'),
  '--in-interface': device('inInterface'),
  '-o': device('outInterface'),
  '--out-interface': device('outInterface'),
  '-p': protocol,
  '--protocol': protocol,
  '--proto': protocol,
  '--sport': port('sourcePort'),
  '--source-port': port('sourcePort'),
  '--dport': port('destinationPort'),
  '--destination-port': port('destinationPort'),
  '-m': load,
  '--match': load,
  '--ctstate': connectionStates,
  '--dst-type': destinationType,
  '-j': jump,
  '--jump': jump,
  '-g': goTo,
  '--goto': goTo,
  '--to': to,
  '--to-destination': to,
  '--to-source': to,
  '--reject-with': rejectWith,
};
