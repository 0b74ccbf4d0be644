import type { RuleMatch, RuleTarget } from '@netfold/dataplane';

export type RuleExtension = NonNullable<RuleMatch['extensions']>[number];
type Span = { readonly first: number; readonly last: number };

const not = (negated: boolean): string => (negated ? '! ' : '');

const spanText = ({ first, last }: Span): string =>
  first === last ? String(first) : `${first}:${last}`;

const spansText = (spans: readonly Span[]): string => spans.map(spanText).join(',');

const multiportOptions = { source: 'sports', destination: 'dports', either: 'ports' } as const;
const portOptions = { source: 'sport', destination: 'dport' } as const;
const listedPorts = { source: 'spt', destination: 'dpt' } as const;

/** Words that need quotes in a rule: all but plain ones. */
const quoted = (text: string): string =>
  /^[\w.,:@%+=/-]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/**
 * An extension as `-S` prints it.
 * @param protocol  whose own match (`-m tcp`) the words of ports stand behind
 */
export const extensionSpec = (one: RuleExtension, protocol: string): string => {
  switch (one.kind) {
    case 'ports':
      return `-m ${protocol} ${not(one.negated)}--${portOptions[one.side]} ${spanText(one.span)}`;
    case 'multiport':
      return (
        `-m multiport ${not(one.negated)}--${multiportOptions[one.side]} ` + spansText(one.spans)
      );
    case 'icmpType':
      return `-m icmp ${not(one.negated)}--icmp-type ${one.type}`;
    case 'limit':
      return `-m limit --limit ${one.rate}${burstWords(one.burst)}`;
    case 'comment':
      return `-m comment --comment ${quoted(one.text)}`;
    case 'state':
      return `-m state --state ${one.states.join(',')}`;
    case 'conntrack':
      return `-m conntrack ${conntrackOptions(one)}`;
    case 'syn':
      return `-m tcp ${not(one.negated)}--tcp-flags FIN,SYN,RST,ACK SYN`;
    default:
      return one satisfies never;
  }
};

type Conntrack = Extract<RuleExtension, { kind: 'conntrack' }>;

/** What `-m conntrack` says beside a state, which stands before it. */
export const conntrackOptions = (one: Conntrack): string => options(one, '--');

const conntrackWords = (one: Conntrack): string => options(one, '');

const withoutLength = (address: string): string =>
  address.replace(address.includes(':') ? /\/128$/ : /\/32$/, '');

const options = (one: Conntrack, dashes: string): string => {
  const { originalDestination: to, originalPorts: ports, direction } = one;
  const words: string[] = [];
  if (to) words.push(`${not(to.negated)}${dashes}ctorigdst ${withoutLength(to.value)}`);
  if (ports) words.push(`${not(ports.negated)}${dashes}ctorigdstport ${spanText(ports.span)}`);
  if (direction) words.push(`${dashes}ctdir ${direction}`);
  return words.join(' ');
};

/** What `-m limit` lets come at once unless told. */
export const usualBurst = 5;

const burstWords = (burst: number): string =>
  burst === usualBurst ? '' : ` --limit-burst ${burst}`;

/** An extension as `-L` lists it. @source recorded host-firewall-matches */
export const extensionWords = (one: RuleExtension, protocol: string): string => {
  switch (one.kind) {
    case 'ports': {
      const { first, last } = one.span;
      const range = first === last ? '' : 's';
      const negated = one.negated ? '!' : '';
      return `${protocol} ${listedPorts[one.side]}${range}:${negated}${spanText(one.span)}`;
    }
    case 'multiport': {
      const negated = one.negated ? ' !' : '';
      return `multiport ${multiportOptions[one.side]} ${negated}${spansText(one.spans)}`;
    }
    case 'icmpType':
      return `icmptype ${one.negated ? '!' : ''}${one.type}`;
    case 'limit':
      return `limit: avg ${one.rate} burst ${one.burst}`;
    case 'comment':
      return `/* ${one.text} */`;
    case 'state':
      return `state ${one.states.join(',')}`;
    case 'conntrack':
      return conntrackWords(one);
    case 'syn':
      return `tcp flags:${one.negated ? '!' : ''}0x17/0x02`;
    default:
      return one satisfies never;
  }
};

/** The level that the kernel logs at unless told. */
export const usualLevel = 4;

/** A target as `-S` prints it. */
export const targetSpec = (target: RuleTarget): string => {
  switch (target.kind) {
    case 'jump':
      return `-j ${target.chain}`;
    case 'goto':
      return `-g ${target.chain}`;
    case 'DNAT':
      return `-j DNAT --to-destination ${target.to}`;
    case 'SNAT':
      return `-j SNAT --to-source ${target.to}`;
    case 'REJECT':
      return `-j REJECT --reject-with ${target.rejectWith}`;
    case 'LOG': {
      const prefix = target.prefix === '' ? '' : ` --log-prefix "${target.prefix}"`;
      return `-j LOG${prefix}${target.level === usualLevel ? '' : ` --log-level ${target.level}`}`;
    }
    case 'REDIRECT':
      return `-j REDIRECT${target.ports === null ? '' : ` --to-ports ${target.ports}`}`;
    case 'MASQUERADE':
      return `-j MASQUERADE${target.ports === undefined ? '' : ` --to-ports ${target.ports}`}`;
    default:
      return `-j ${target.kind}`;
  }
};

/** What `-L` lists of a target behind the matches. */
export const targetTail = (target: RuleTarget): string[] => {
  switch (target.kind) {
    case 'DNAT':
    case 'SNAT':
      return [`to:${target.to}`];
    case 'REJECT':
      return [`reject-with ${target.rejectWith}`];
    case 'LOG': {
      const prefix = target.prefix === '' ? '' : ` prefix "${target.prefix}"`;
      return [`LOG flags 0 level ${target.level}${prefix}`];
    }
    case 'REDIRECT':
      return target.ports === null ? [] : [`redir ports ${target.ports}`];
    case 'MASQUERADE':
      return target.ports === undefined ? [] : [`masq ports: ${target.ports}`];
    case 'goto':
      return [];
    default:
      return [];
  }
};
