import type {
  ContainerRow,
  EndpointRow,
  HostRow,
  InterfaceRow,
  LabRow,
  NetworkRow,
  RouteRow,
} from '@netfold/dataplane';

/** Rows of a small lab, named after what matters: for tests of what prints rows. */

export const labRow = (labId: string, name = labId): LabRow => (({
	labId,
	name,
	tenantId: 'local',
	state: 'active'
}));

export const hostRow = (labId: string, host: string, ordinal = 0): HostRow => (({
	labId,
	host,
	engineProfile: '20.10',
	engineId: 'ENGINE',
	address: '192.168.50.11/24',
	...{
		swarmState: 'inactive',
		swarmRole: null,
		swarmId: null,
		nodeId: null
	},
	...{
		bootedAt: 0,
		ordinal
	}
}));

export const networkRow = (
  labId: string,
  host: string,
  name: string,
  changes: Partial<NetworkRow> = {},
): NetworkRow => (({
	labId,
	host,
	networkId: `network-${name}`,
	name,
	driver: 'bridge',
	scope: 'local',
	...{
		isInternal: false,
		isAttachable: false,
		isIngress: false,
		isIPv6Enabled: false
	},
	...{
		isConfigOnly: false,
		configFrom: '',
		ipamDriver: 'default',
		pools: [],
		options: {}
	},
	...{
		labels: {},
		bridgeName: `br-${name}`,
		vnis: [],
		createdAt: 0,
		ordinal: 0
	},
	...changes
}));

export const containerRow = (
  labId: string,
  host: string,
  name: string,
  changes: Partial<ContainerRow> = {},
): ContainerRow => (({
	labId,
	host,
	containerId: `container-${name}`,
	name,
	image: 'nginx',
	command: ['nginx'],
	...{
		status: 'running',
		exitCode: 0,
		error: '',
		networkMode: 'default'
	},
	...{
		sandboxId: `sandbox-${name}`,
		hostname: name,
		labels: {},
		createdAt: 0
	},
	...{
		startedAt: 0,
		finishedAt: null,
		ordinal: 0
	},
	...changes
}));

/** `number` is its place: address, indexes and order follow it. */
export const endpointRow = (
  labId: string,
  host: string,
  number: number,
  changes: Partial<EndpointRow> = {},
): EndpointRow => (({
	labId,
	host,
	endpointId: `endpoint-${number}`,
	networkId: 'network-web',
	...{
		networkName: 'web',
		containerId: `container-${number}`,
		sandboxId: `sandbox-${number}`
	},
	...{
		ipv4: `172.18.0.${number}/16`,
		ipv6: null,
		mac: '02:42:ac:12:00:02'
	},
	...{
		gateway: '172.18.0.1',
		isGatewayEndpoint: true,
		aliases: [],
		interfaceName: 'eth0'
	},
	...{
		interfaceIndex: 2 * number,
		vethName: `veth${number}`,
		vethInterfaceIndex: 2 * number + 1
	},
	ordinal: number,
	...changes
}));

export const interfaceRow = (
  labId: string,
  host: string,
  index: number,
  changes: Partial<InterfaceRow> = {},
): InterfaceRow => (({
	labId,
	host,
	namespace: '',
	interfaceIndex: index,
	name: `veth${index}`,
	kind: 'veth',
	...{
		mac: '02:42:ac:12:00:02',
		mtuBytes: 1500,
		isUp: true,
		hasCarrier: true
	},
	...{
		operationalState: 'UP',
		master: null,
		peerInterfaceIndex: null
	},
	...{
		peerNamespaceNumber: null,
		queueLength: null,
		addresses: [],
		vni: null
	},
	...{
		networkId: null,
		endpointId: null
	},
	...changes
}));

export const routeRow = (
  labId: string,
  host: string,
  destination: string,
  changes: Partial<RouteRow> = {},
): RouteRow => (({
	labId,
	host,
	namespace: '',
	destination,
	family: 4,
	gateway: null,
	device: 'eth0',
	...{
		protocol: null,
		scope: 'global',
		source: null,
		metric: 0,
		isLinkDown: false
	},
	...changes
}));
