import { goBool, goList, goMap, goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';

const texts = goMap(goString);

const ipamConfig = goStruct('network.IPAMConfig', {
  Subnet: goString,
  IPRange: goString,
  Gateway: goString,
  AuxiliaryAddresses: texts,
});

const ipam = goStruct('network.IPAM', {
  Driver: goString,
  Options: texts,
  Config: goList(ipamConfig),
});

/** @source moby/moby v20.10 api/types/network/network.go */
export const endpointSettingsType = goStruct('network.EndpointSettings', {
  IPAMConfig: goStruct('network.EndpointIPAMConfig', {
    IPv4Address: goString,
    IPv6Address: goString,
    LinkLocalIPs: goList(goString),
  }),
  Links: goList(goString),
  Aliases: goList(goString),
  MacAddress: goString,
  DriverOpts: texts,
});

/** @source moby/moby v20.10 api/types/types.go (NetworkCreateRequest) */
export const createForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('types.NetworkCreateRequest', {
    CheckDuplicate: goBool,
    Driver: goString,
    Scope: goString,
    EnableIPv6: goBool,
    IPAM: ipam,
    Internal: goBool,
    Attachable: goBool,
    Ingress: goBool,
    ConfigOnly: goBool,
    ConfigFrom: goStruct('network.ConfigReference', { Network: goString }),
    Options: texts,
    Labels: texts,
    Name: goString,
  }),
};

export const connectForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('types.NetworkConnect', {
    Container: goString,
    EndpointConfig: endpointSettingsType,
  }),
};

export const disconnectForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('types.NetworkDisconnect', { Container: goString, Force: goBool }),
};
