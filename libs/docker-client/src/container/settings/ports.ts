import { canonicalIp } from '../../value/ip-address.ts';
import { ValueProblem } from '../../value/value-problem.ts';

type PortBinding = { readonly HostIp: string; readonly HostPort: string };

/** By port as `80/tcp`. */
export type Ports = {
  readonly exposed: Readonly<Record<string, object>>;
  readonly bindings: Readonly<Record<string, readonly PortBinding[]>>;
};

/**
 * What `--publish` and `--expose` ask for.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/container/opts.go parse; docker/go-connections nat/nat.go
 */
export const readPorts = (published: readonly string[], exposed: readonly string[]): Ports => {
  const bindings: Record<string, PortBinding[]> = {};
  let count = 0;
  // A range is made of its text only when its turn has come: many may stand in a line.
  for (const text of published.map(plainForm)) {
    const mappings = mappingsOf(text);
    for (const { port, binding } of mappings) (bindings[port] ??= []).push(binding);
    count += mappings.length;
    refuseTooMany(count);
  }
  const ports = new Set(Object.keys(bindings));
  for (const text of exposed) {
    const more = exposedPorts(text);
    for (const port of more) ports.add(port);
    count += more.length;
    refuseTooMany(count);
  }
  return { exposed: Object.fromEntries([...ports].map((port) => [port, {}])), bindings };
};

/** Ports that one line may publish and expose: all of each protocol. */
const portsOfLineMax = 3 * 65_536;

const refuseTooMany = (count: number): void => {
  if (count > portsOfLineMax) {
    refuse(`netfold: at most ${portsOfLineMax} ports can be published or exposed at once`);
  }
};

/** `published=8080,target=80` as `8080:80/tcp`. */
const plainForm = (text: string): string => {
  if (!text.includes('=')) return text;
  const parts: Record<string, string> = { protocol: 'tcp' };
  for (const one of text.split(',')) {
    const [name = '', value] = one.split('=');
    if (value === undefined) {
      throw new ValueProblem(`invalid publish opts format (should be name=value but got '${one}')`);
    }
    parts[name] = value;
  }
  return `${parts['published'] ?? ''}:${parts['target'] ?? ''}/${parts['protocol']}`;
};

type Mapping = { readonly port: string; readonly binding: PortBinding };

const mappingsOf = (text: string): readonly Mapping[] => {
  const words = text.split(':');
  const [protocol, containerPort] = protocolAndPort(words.at(-1) ?? '');
  const HostIp = readHostIp(words.slice(0, -2).join(':'));
  if (containerPort === '') throw new ValueProblem(`No port specified: ${text}<empty>`);
  const hostPort = words.at(-2) ?? '';
  const inside = rangeOf(containerPort) ?? refuse(`Invalid containerPort: ${containerPort}`);
  const outside =
    hostPort === ''
      ? { start: 0, end: 0 }
      : (rangeOf(hostPort) ?? refuse(`Invalid hostPort: ${hostPort}`));
  const isOne = inside.start === inside.end;
  const isSameLength = inside.end - inside.start === outside.end - outside.start;
  if (hostPort !== '' && !isSameLength && !isOne) {
    refuse(
      `Invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`,
    );
  }
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) {
    refuse(`Invalid proto: ${protocol}`);
  }
  return portsOf(inside).map((port) => {
    const first = hostPort === '' ? '' : String(outside.start + port - inside.start);
    const isChoice = isOne && outside.start !== outside.end;
    const HostPort = isChoice ? `${first}-${outside.end}` : first;
    return { port: `${port}/${protocol.toLowerCase()}`, binding: { HostIp, HostPort } };
  });
};

const refuse = (message: string): never => {
  throw new ValueProblem(message);
};

/** @source docker/go-connections nat/nat.go SplitProtoPort */
const protocolAndPort = (text: string): readonly [string, string] => {
  const [port = '', protocol = ''] = text.split('/');
  if (port === '') return ['', ''];
  return [protocol === '' ? 'tcp' : protocol, port];
};

type Range = { readonly start: number; readonly end: number };

const portMax = 65_535;
const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= portMax;

const rangeOf = (text: string): Range | null => {
  const [start = '', end = start] = text.split('-');
  const range = { start: Number(start), end: Number(end) };
  return isPort(start) && isPort(end) && range.start <= range.end ? range : null;
};

const portsOf = ({ start, end }: Range): readonly number[] =>
  Array.from({ length: end - start + 1 }, (_, at) => start + at);

/** The address of `[::1]` or `127.0.0.1`. @source Go net SplitHostPort */
const readHostIp = (text: string): string => {
  const ip = withoutBrackets(text);
  if (ip !== '' && canonicalIp(ip) === null) refuse(`Invalid ip address: ${ip}`);
  return ip;
};

const withoutBrackets = (text: string): string => {
  const problem = (told: string): never =>
    refuse(`Invalid ip address ${text}: address ${text}:: ${told}`);
  if (!text.startsWith('[')) {
    if (text.includes(':')) problem('too many colons in address');
    if (text.includes('[')) problem("unexpected '[' in address");
    if (text.includes(']')) problem("unexpected ']' in address");
    return text;
  }
  const end = text.indexOf(']');
  if (end < 0) problem("missing ']' in address");
  if (text[end + 1] === ':') problem('too many colons in address');
  if (end + 1 < text.length) problem('missing port in address');
  const inside = text.slice(1, end);
  if (inside.includes('[')) problem("unexpected '[' in address");
  return inside;
};

const exposedPorts = (text: string): readonly string[] => {
  if (text.includes(':')) refuse(`invalid port format for --expose: ${text}`);
  const [protocol, port] = protocolAndPort(text);
  const range = rangeOf(port);
  if (range !== null) return portsOf(range).map((one) => `${one}/${protocol}`);
  return refuse(`invalid range format for --expose: ${text}, error: ${rangeProblem(port)}`);
};

const rangeProblem = (text: string): string => {
  if (text === '') return 'Empty string specified for ports.';
  const wrong = text.split('-').find((one) => !isPort(one));
  if (wrong === undefined) return `Invalid range specified for the Port: ${text}`;
  const told = /^\d+$/.test(wrong) ? 'value out of range' : 'invalid syntax';
  return `strconv.ParseUint: parsing ${JSON.stringify(wrong)}: ${told}`;
};
