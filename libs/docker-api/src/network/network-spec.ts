import type { EndpointSpec, NetworkSpec } from '@netfold/contracts';
import {
  childOf,
  flagOf,
  listOf,
  mapOf,
  member,
  objectOf,
  textOf,
  textsOf,
} from '../http/fields.ts';
import type { JsonObject } from '../http/fields.ts';

/** The body of `POST /networks/create`. */
export const networkSpecOf = (body: JsonObject): NetworkSpec => {
  const ipam = childOf(body, 'IPAM');
  const hasOptions =
    typeof member(ipam, 'Options') === 'object' && member(ipam, 'Options') !== null;
  return {
    name: textOf(body, 'Name'),
    driver: textOf(body, 'Driver'),
    checkDuplicate: flagOf(body, 'CheckDuplicate'),
    internal: flagOf(body, 'Internal'),
    attachable: flagOf(body, 'Attachable'),
    ingress: flagOf(body, 'Ingress'),
    enableIPv6: flagOf(body, 'EnableIPv6'),
    scope: textOf(body, 'Scope'),
    ipamDriver: textOf(ipam, 'Driver'),
    ipamOptions: hasOptions ? mapOf(ipam, 'Options') : null,
    ipam: listOf(ipam, 'Config')
      .map(objectOf)
      .map((pool) => ({
        subnet: textOf(pool, 'Subnet'),
        ipRange: textOf(pool, 'IPRange'),
        gateway: textOf(pool, 'Gateway'),
        auxAddresses: mapOf(pool, 'AuxiliaryAddresses'),
      })),
    options: mapOf(body, 'Options'),
    labels: mapOf(body, 'Labels'),
    configOnly: flagOf(body, 'ConfigOnly'),
    configFrom: textOf(childOf(body, 'ConfigFrom'), 'Network'),
  };
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** One `EndpointSettings`, of `connect` or of a container's networking configuration. */
export const endpointSpecOf = (body: JsonObject): EndpointSpec => {
  const given = member(body, 'IPAMConfig');
  const ipam = objectOf(given);
  return {
    ipv4Address: textOf(ipam, 'IPv4Address'),
    ipv6Address: textOf(ipam, 'IPv6Address'),
    linkLocalIPs: textsOf(ipam, 'LinkLocalIPs'),
    aliases: textsOf(body, 'Aliases'),
    links: textsOf(body, 'Links'),
    macAddress: textOf(body, 'MacAddress'),
    driverOptions: mapOf(body, 'DriverOpts'),
    ...(isObject(given) ? { hasIpamConfig: true } : {}),
    ...(isObject(member(body, 'DriverOpts')) ? { hasDriverOptions: true } : {}),
  };
};
