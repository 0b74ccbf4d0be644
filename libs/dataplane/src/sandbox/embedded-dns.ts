import type { Sandbox } from '@netfold/domain';
import { engineProcessId } from '../host/engine-processes.ts';
import { keptOnTop } from '../rank.ts';
import { chainRow, is, jumpTo, nobody, ruleRow } from '../rules.ts';
import type { RuleColumns } from '../rules.ts';
import { socketRow } from '../sockets.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { isLeft } from './file-owner.ts';

export const embeddedDnsAddress = '127.0.0.11';
const resolver = is(`${embeddedDnsAddress}/32`);
const dnsPort = 53;
/** The order of its rules: the engine inserts each at the top, udp before tcp. */
const protocols = ['tcp', 'udp'] as const;

/**
 * The resolver of a sandbox: it listens on two ports of its own, and nat makes them port 53.
 *
 * @source moby/moby v20.10 libnetwork resolver_unix.go (reexecSetupResolver)
 */
export function embeddedDns(place: HostPlace, sandbox: Sandbox): TableRow[] {
  const { dnsPorts } = sandbox;
  if (dnsPorts === null) return [];
  return [
    ...['DOCKER_OUTPUT', 'DOCKER_POSTROUTING'].map((name) =>
      chainRow(place, sandbox.id, { table: 'nat', name, policy: null }),
    ),
    ...dnsRules(dnsPorts).map((rule) =>
      ruleRow(place, sandbox.id, { ...rule, table: 'nat', owner: nobody }),
    ),
    ...(isLeft(place.host, sandbox) ? [] : resolverSockets(place, sandbox, dnsPorts)),
  ];
}

function resolverSockets(
  place: HostPlace,
  sandbox: Sandbox,
  dnsPorts: NonNullable<Sandbox['dnsPorts']>,
): TableRow[] {
  const engine = { processId: engineProcessId, processName: 'dockerd' };
  return protocols.map((protocol) =>
    socketRow(place, sandbox.id, {
      protocol,
      localAddress: embeddedDnsAddress,
      localPort: dnsPorts[protocol],
      ...engine,
    }),
  );
}

type DnsRule = Omit<RuleColumns, 'table' | 'owner'>;

function dnsRules(ports: NonNullable<Sandbox['dnsPorts']>): DnsRule[] {
  const jumps = ['OUTPUT', 'POSTROUTING'].map((hook): DnsRule => {
    const target = jumpTo(`DOCKER_${hook}`);
    return { chain: hook, rank: keptOnTop(0), match: { destination: resolver }, target };
  });
  const translations = protocols.flatMap((protocol, place): DnsRule[] => [
    {
      chain: 'DOCKER_OUTPUT',
      rank: keptOnTop(place),
      match: { destination: resolver, protocol, destinationPort: dnsPort },
      target: { kind: 'DNAT', to: `${embeddedDnsAddress}:${ports[protocol]}` },
    },
    {
      chain: 'DOCKER_POSTROUTING',
      rank: keptOnTop(place),
      match: { source: resolver, protocol, sourcePort: ports[protocol] },
      target: { kind: 'SNAT', to: `:${dnsPort}` },
    },
  ]);
  return [...jumps, ...translations];
}
