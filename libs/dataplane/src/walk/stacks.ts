import type { LanSpec } from '@netfold/contracts';
import type { ActiveLab, LabHost } from '@netfold/domain';
import { globalAddress, networkOf, withLengthOf } from '../addresses.ts';
import { kernelParameter } from '../hand-made/kernel-parameter.ts';
import type { InterfaceRow, RouteRow, SocketRow } from '../rows.ts';
import { namespaceView } from '../view/namespace-view.ts';
import type { NamespaceView } from '../view/namespace-view.ts';
import { Stack } from './stack.ts';

/** The name under which the outside machine of a LAN stands beside the lab's hosts. */
export const outsideHost = (lan: string): string => `outside:${lan}`;

const outsideNic = 'eth0';
/** What the outside machine serves: DNS, HTTP, and its UDP greeting. */
const outsidePorts = { dns: 53, http: 80, udpGreeting: 9_999 } as const;

/** The network stacks of one version of a lab, looked up once each. */
export class LabStacks {
  readonly lab: ActiveLab;
  readonly labId: string;
  readonly #known = new Map<string, Stack>();

  constructor(lab: ActiveLab, labId: string) {
    this.lab = lab;
    this.labId = labId;
  }

  at(host: LabHost, namespace: string): Stack {
    const key = `${host.name}/${namespace}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const view = namespaceView(this.lab, this.labId, host, namespace);
    const isForwarding = kernelParameter(host, namespace, 'net.ipv4.ip_forward') !== '0';
    const stack = new Stack(host.name, namespace, view, isForwarding);
    this.#known.set(key, stack);
    return stack;
  }

  /** The stack of a lab host or of an outside machine; `null` for neither. */
  named(host: string, namespace: string): Stack | null {
    const found = this.lab.hosts.get(host);
    if (found !== undefined) return this.at(found, namespace);
    const lan = this.lab.lans.find(({ name }) => outsideHost(name) === host);
    return lan === undefined ? null : this.outside(lan);
  }

  /** The machine at a LAN's gateway: one NIC, and no way to anywhere but its LAN. */
  outside(lan: LanSpec): Stack {
    const host = outsideHost(lan.name);
    const known = this.#known.get(host);
    if (known !== undefined) return known;
    const stack = new Stack(host, '', outsideView(this.labId, lan), true);
    this.#known.set(host, stack);
    return stack;
  }
}

/** A machine of the LAN like the others: `52:54:00:00` and the last two bytes of its address. */
function macOfGateway(address: string): string {
  const bytes = address.split('.').slice(2).map(Number);
  const pairs = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return ['52:54:00:00', ...pairs].join(':');
}

function outsideView(labId: string, lan: LanSpec): NamespaceView {
  const place = { labId, host: outsideHost(lan.name), namespace: '' };
  const nic: InterfaceRow = {
    ...place,
    interfaceIndex: 2,
    name: outsideNic,
    kind: 'nic',
    mac: macOfGateway(lan.gateway),
    mtuBytes: 1_500,
    isUp: true,
    hasCarrier: true,
    operationalState: 'UP',
    master: null,
    peerInterfaceIndex: null,
    peerNamespaceNumber: null,
    queueLength: null,
    addresses: [globalAddress(withLengthOf(lan.gateway, lan.subnet))],
    vni: null,
    networkId: null,
    endpointId: null,
  };
  const route: RouteRow = {
    ...place,
    destination: networkOf(lan.subnet),
    family: 4,
    gateway: null,
    device: outsideNic,
    protocol: 'kernel',
    scope: 'link',
    source: lan.gateway,
    metric: 0,
    isLinkDown: false,
  };
  const socket = (protocol: 'tcp' | 'udp', localPort: number): SocketRow => ({
    ...place,
    protocol,
    localAddress: '0.0.0.0',
    localPort,
    state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    isIPv6Only: false,
    backlog: 0,
    processId: 1,
    processName: 'outside',
  });
  return {
    interfaces: [nic],
    routes: [route],
    chains: [],
    rules: [],
    forwarding: [],
    neighbours: [],
    sockets: [
      socket('tcp', outsidePorts.http),
      socket('udp', outsidePorts.dns),
      socket('udp', outsidePorts.udpGreeting),
    ],
    processes: [],
  };
}
