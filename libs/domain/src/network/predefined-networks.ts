import type { HostName, NetworkPool } from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import { getHost } from '../host/change-host.ts';
import type { Work } from '../work.ts';

/**
 * The bridge exists before the engine starts, with its address: hence `inspect` shows the gateway.
 *
 * @source moby/moby daemon/daemon_unix.go initBridgeDriver; transcript network-inspect-full
 */
const bridgePool: NetworkPool = {
  family: 4,
  subnet: '172.17.0.0/16',
  ipRange: '',
  gateway: '172.17.0.1',
  auxAddresses: {},
  isPredefined: false,
  isGatewayGiven: true,
};

const bridgeOptions: Readonly<Record<string, string>> = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
};

/** An engine that starts makes `none`, `host` and `bridge`, in this order. */
export function createPredefinedNetworks(work: Work, host: HostName): void {
  const blank = (name: string, driver: string): DataOf<'NetworkCreated'> => ({
    host,
    networkId: work.draw.hex64(),
    name,
    driver,
    scope: 'local',
    isInternal: false,
    isAttachable: false,
    isIngress: false,
    isIPv6Enabled: false,
    isConfigOnly: false,
    configFrom: '',
    ipamDriver: 'default',
    ipamOptions: null,
    pools: [],
    options: {},
    labels: {},
    createdAt: work.now,
    bridge: null,
    predefinedPoolCursor: null,
  });
  work.emit({ type: 'NetworkCreated', data: blank('none', 'null') });
  work.emit({ type: 'NetworkCreated', data: blank('host', 'host') });
  const bridge = {
    name: 'docker0',
    interfaceIndex: getHost(work.lab, host).nextInterfaceIndex,
    mac: work.draw.bridgeMac(),
  };
  work.emit({
    type: 'NetworkCreated',
    data: { ...blank('bridge', 'bridge'), pools: [bridgePool], options: bridgeOptions, bridge },
  });
}
