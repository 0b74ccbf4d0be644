import type { NotPlayed, UsageProblem } from './edit-problems.ts';
import { usualBurst, usualLevel } from './extension-text.ts';
import type { RuleExtension } from './extension-text.ts';
import type { How, Reader, RuleDraft } from './rule-draft.ts';
import { hostOrNetwork } from './host-or-network.ts';
import { portNumber } from './port-number.ts';

const unknown = (word: string): UsageProblem => ({ problem: `unknown option "${word}"` });

const add = (draft: RuleDraft, one: RuleExtension): null => {
  const { extensions = [] } = draft.match;
  draft.match = { ...draft.match, extensions: [...extensions, one] };
  return null;
};

/** Changes what an earlier option of the same extension said. */
const change = <K extends RuleExtension['kind']>(
  draft: RuleDraft,
  kind: K,
  to: (one: Extract<RuleExtension, { kind: K }>) => RuleExtension,
): boolean => {
  const { extensions = [] } = draft.match;
  if (!extensions.some((one) => one.kind === kind)) return false;
  const changed = extensions.map((one) =>
    one.kind === kind ? to(one as Extract<RuleExtension, { kind: K }>) : one,
  );
  draft.match = { ...draft.match, extensions: changed };
  return true;
};

type Span = { readonly first: number; readonly last: number };

const portMax = 65_535;

const invalidPort = (text: string): UsageProblem => ({
  problem: `invalid port/service \`${text}' specified`,
});

/** `80`, `80:90`, `:90`, `80:`. */
const spanOf = (text: string): Span | UsageProblem => {
  const [from = '', to] = text.split(':', 2);
  const first = from === '' && to !== undefined ? 0 : portNumber(from);
  if (first === null) return invalidPort(from);
  const last = to === undefined ? first : to === '' ? portMax : portNumber(to);
  if (last === null) return invalidPort(to ?? '');
  return first > last ? { problem: 'invalid portrange (min > max)' } : { first, last };
};

/** `--dport 80:90` and `! --dport 80`: ports that are not one number. */
export const readPorts = (
  draft: RuleDraft,
  side: 'source' | 'destination',
  value: string,
  { negated }: How,
): UsageProblem | null => {
  const span = spanOf(value);
  if ('problem' in span) return span;
  return add(draft, { kind: 'ports', side, span, negated });
};

const portsMax = 15;

const multiport =
  (side: 'source' | 'destination' | 'either'): Reader =>
  (draft, value, { negated, word }) => {
    if (!draft.loaded.has('multiport')) return unknown(word);
    const { protocol = '' } = draft.match;
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) {
      const names = "`-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'";
      return { problem: `multiport needs ${names}` };
    }
    const spans: Span[] = [];
    for (const text of value.split(',')) {
      const span = spanOf(text);
      if ('problem' in span) return span;
      spans.push(span);
    }
    return spans.length > portsMax
      ? { problem: 'too many ports specified' }
      : add(draft, { kind: 'multiport', side, spans, negated });
  };

/** Of RFC 792, those that people write; the others have numbers. */
const icmpTypes: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  pong: 0,
  'destination-unreachable': 3,
  'source-quench': 4,
  redirect: 5,
  'echo-request': 8,
  ping: 8,
  'time-exceeded': 11,
  'ttl-exceeded': 11,
  'parameter-problem': 12,
};

const icmpType: Reader = (draft, value, { negated, word }) => {
  if (draft.match.protocol !== 'icmp') return unknown(word);
  const type = /^\d{1,3}$/.test(value) ? Number(value) : icmpTypes[value];
  if (type === undefined || type > 255) return { problem: `Unknown ICMP type \`${value}'` };
  return add(draft, { kind: 'icmpType', type, negated });
};

const units: readonly string[] = ['second', 'minute', 'hour', 'day'];
const shortUnits: Readonly<Record<string, string>> = {
  second: 'sec',
  minute: 'min',
  hour: 'hour',
  day: 'day',
};

const limit: Reader = (draft, value, { word }) => {
  if (!draft.loaded.has('limit')) return unknown(word);
  const [, number = '', unit = 'second'] = /^(\d+)(?:\/([a-z]+))?$/.exec(value) ?? [];
  const long = units.find((one) => one.startsWith(unit));
  if (number === '' || long === undefined) return { problem: `bad rate "${value}"'` };
  const rate = `${number}/${shortUnits[long] ?? long}`;
  const isKnown = change(draft, 'limit', (one) => ({ ...one, rate }));
  return isKnown ? null : add(draft, { kind: 'limit', rate, burst: usualBurst });
};

const limitBurst: Reader = (draft, value, { word }) => {
  if (!draft.loaded.has('limit')) return unknown(word);
  const burst = Number(value);
  const isKnown = change(draft, 'limit', (one) => ({ ...one, burst }));
  return isKnown ? null : add(draft, { kind: 'limit', rate: '3/hour', burst });
};

const comment: Reader = (draft, text, { word }) =>
  draft.loaded.has('comment') ? add(draft, { kind: 'comment', text }) : unknown(word);

const stateNames = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];

const state: Reader = (draft, value, { negated, word }) => {
  if (!draft.loaded.has('state')) return unknown(word);
  const asked = value.split(',');
  const wrong = asked.find((one) => !stateNames.includes(one));
  if (wrong !== undefined) return { problem: `Bad state "${wrong}"` };
  if (negated) return { notPlayed: 'a negated state' };
  return add(draft, { kind: 'state', states: stateNames.filter((one) => asked.includes(one)) });
};

type Conntrack = Extract<RuleExtension, { kind: 'conntrack' }>;

/** All options of one `-m conntrack` but the state make one extension. */
const ofConnection = (
  draft: RuleDraft,
  word: string,
  said: Omit<Conntrack, 'kind'>,
): UsageProblem | null => {
  if (!draft.loaded.has('conntrack')) return unknown(word);
  const isKnown = change(draft, 'conntrack', (one) => ({ ...one, ...said }));
  return isKnown ? null : add(draft, { kind: 'conntrack', ...said });
};

const originalDestination: Reader = (draft, value, { negated, word }) => {
  const network = hostOrNetwork(value, draft.family);
  if (network === null) return { problem: 'getaddrinfo: Name or service not known\n' };
  return ofConnection(draft, word, { originalDestination: { value: network, negated } });
};

const originalPorts: Reader = (draft, value, { negated, word }) => {
  const span = spanOf(value);
  if ('problem' in span) return span;
  return ofConnection(draft, word, { originalPorts: { span, negated } });
};

const direction: Reader = (draft, value, { word }) => {
  const way = value.toUpperCase();
  return way === 'ORIGINAL' || way === 'REPLY'
    ? ofConnection(draft, word, { direction: way })
    : { problem: `conntrack: Bad value for "--ctdir" option: "${value}"` };
};

const log =
  (set: (value: string) => { readonly prefix?: string; readonly level?: number }): Reader =>
  (draft, value, { word }) => {
    if (draft.target?.kind !== 'LOG') return unknown(word);
    draft.target = { ...draft.target, ...set(value) };
    return null;
  };

const logLevels = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];

const levelOf = (text: string): number => {
  const named = logLevels.findIndex((name) => name.startsWith(text) && text !== '');
  return /^[0-7]$/.test(text) ? Number(text) : named < 0 ? usualLevel : named;
};

const toPorts: Reader = (draft, value, { word }): UsageProblem | NotPlayed | null => {
  const { target } = draft;
  if (target?.kind !== 'REDIRECT' && target?.kind !== 'MASQUERADE') return unknown(word);
  if (!/^\d+(-\d+)?$/.test(value)) return { problem: `Port \`${value}' not valid\n` };
  draft.target = { ...target, ports: value };
  return null;
};

/** Options of matches and targets beyond the plain ones, each with a value. */
export const extensionReaders: Readonly<Record<string, Reader>> = {
  '--dports': multiport('destination'),
  '--destination-ports': multiport('destination'),
  '--sports': multiport('source'),
  '--source-ports': multiport('source'),
  '--ports': multiport('either'),
  '--icmp-type': icmpType,
  '--limit': limit,
  '--limit-burst': limitBurst,
  '--comment': comment,
  '--state': state,
  '--ctorigdst': originalDestination,
  '--ctorigdstport': originalPorts,
  '--ctdir': direction,
  '--log-prefix': log((prefix) => ({ prefix })),
  '--log-level': log((text) => ({ level: levelOf(text) })),
  '--to-ports': toPorts,
  '--to-port': toPorts,
};

/** `--syn`, which has no value. */
export const readSyn = (draft: RuleDraft, { negated, word }: How): UsageProblem | null =>
  draft.match.protocol === 'tcp' ? add(draft, { kind: 'syn', negated }) : unknown(word);
