import { ClientError } from '../command/client-error.ts';
import type { Command } from '../command/command.ts';
import { quoted } from '../template/go-quote.ts';
import { inspectedContainer } from './inspect.ts';

type Binding = { readonly HostIp: string; readonly HostPort: string };

type Ports = Readonly<Record<string, readonly Binding[] | null>>;

const portMax = 65_535;

/** @source docker/cli v20.10 cli/command/container/port.go */
export const port: Command = {
  words: { min: 1, max: 2 },
  run: (call) => {
    const { out, words } = call;
    const [container = '', wanted = ''] = words;
    const { NetworkSettings } = JSON.parse(inspectedContainer(call, container).raw) as {
      readonly NetworkSettings: { readonly Ports: Ports | null };
    };
    const ports = NetworkSettings.Ports ?? {};
    if (wanted === '') {
      for (const [from, bindings] of Object.entries(ports)) {
        for (const { HostIp, HostPort } of bindings ?? []) {
          out.line(`${from} -> ${HostIp}:${HostPort}`);
        }
      }
      return;
    }
    const [number, protocol] = splitPort(wanted);
    const bindings = ports[`${readPort(number)}/${protocol}`] ?? null;
    if (bindings === null) {
      throw new ClientError(
        `Error: No public port '${number}/${protocol}' published for ${container}`,
      );
    }
    for (const { HostIp, HostPort } of bindings) out.line(`${HostIp}:${HostPort}`);
  },
};

const splitPort = (text: string): readonly [number: string, protocol: string] => {
  const at = text.indexOf('/');
  const protocol = at < 0 ? '' : text.slice(at + 1);
  return protocol === '' ? [text, 'tcp'] : [text.slice(0, at), protocol];
};

/** @throws ClientError @source docker/go-connections nat/nat.go NewPort */
const readPort = (text: string): string => {
  if (text === '') return '0';
  const [first = '', last = first] = text.split('-');
  const [start, end] = [numberOf(first), numberOf(last)];
  if (end < start) throw new ClientError(`Invalid range specified for the Port: ${text}`);
  return start === end ? String(start) : `${start}-${end}`;
};

const numberOf = (text: string): number => {
  const refuse = (why: string): never => {
    throw new ClientError(`strconv.ParseUint: parsing ${quoted(text)}: ${why}`);
  };
  if (!/^\d+$/.test(text)) return refuse('invalid syntax');
  return Number(text) > portMax ? refuse('value out of range') : Number(text);
};
