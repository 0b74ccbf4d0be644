import type { HostEvent } from '@netfold/contracts';
import type { DataOf, Folds } from '../fold.ts';
import { emptyMap } from '../persistent/empty-map.ts';
import { portCursorKey } from '../published-port/port-cursor.ts';
import type { LabHost } from '../state/lab-host.ts';
import { changeHost } from './change-host.ts';

export const hostFolds: Folds<Exclude<HostEvent['type'], 'LabCreated' | 'LabRemoved'>> = {
  HostAdded: (lab, data) => ({ ...lab, hosts: lab.hosts.with(data.host, addedHost(data)) }),

  HostRemoved: (lab, data) => ({ ...lab, hosts: lab.hosts.without(data.host) }),

  TimeAdvanced: (lab, data) => ({ ...lab, time: data.to }),

  InterfaceIndexesConsumed: (lab, data) =>
    changeHost(lab, data.host, (host) => ({ ...host, nextInterfaceIndex: data.next })),

  EphemeralPortsConsumed: (lab, data) =>
    changeHost(lab, data.host, (host) => ({
      ...host,
      portCursors: host.portCursors.with(portCursorKey(data), data.next - 1),
    })),
};

function addedHost(data: DataOf<'HostAdded'>): LabHost {
  return {
    name: data.host,
    spec: data.spec,
    engineId: data.engineId,
    bootedAt: data.bootedAt,
    networks: emptyMap(),
    networkNames: emptyMap(),
    containers: emptyMap(),
    containerNames: emptyMap(),
    sandboxes: emptyMap(),
    endpoints: emptyMap(),
    execs: emptyMap(),
    volumes: emptyMap(),
    imageTags: emptyMap(),
    publishedPorts: emptyMap(),
    hasHadOverlay: false,
    overlays: emptyMap(),
    nextInterfaceIndex: data.nextInterfaceIndex,
    nextProcessId: data.nextProcessId,
    portCursors: emptyMap(),
    due: emptyMap(),
    predefinedPoolCursor: -1,
    abandonedPools: [],
    membership: { state: 'inactive' },
    nextOrdinal: 0,
  };
}
