import type { EndpointSpec, NetworkSpec, SingleCommand } from '@netfold/contracts';
import { z } from 'zod';
import { address, filters, list, listLimits, map, name, text, textLimits, words } from './text.ts';

const pool = z.object({
  subnet: address,
  ipRange: address,
  gateway: address,
  auxAddresses: map,
});

const endpointFields = {
  ipv4Address: address,
  ipv6Address: address,
  linkLocalIPs: list(address, listLimits.addresses),
  aliases: list(text(textLimits.alias), listLimits.aliases),
  links: words(),
  macAddress: address,
  driverOptions: map,
};

const endpoint = z.object(endpointFields).transform((wish): EndpointSpec => wish);
export const namedEndpoint = z.object({ network: name, ...endpointFields });

/** `docker network create` asks for the check of duplicates, always. */
export const networkCreate = z
  .object({
    host: name,
    name,
    driver: name,
    isInternal: z.boolean(),
    isAttachable: z.boolean(),
    isIngress: z.boolean(),
    isIPv6Enabled: z.boolean(),
    isConfigOnly: z.boolean(),
    configFrom: name,
    scope: name,
    ipamDriver: name,
    ipamOptions: map.nullish(),
    pools: list(pool, listLimits.pools),
    options: map,
    labels: map,
  })
  .transform((wish): SingleCommand => {
    const network: NetworkSpec = {
      name: wish.name,
      driver: wish.driver,
      checkDuplicate: true,
      internal: wish.isInternal,
      attachable: wish.isAttachable,
      ingress: wish.isIngress,
      enableIPv6: wish.isIPv6Enabled,
      scope: wish.scope,
      ipamDriver: wish.ipamDriver,
      ipamOptions: wish.ipamOptions ?? null,
      ipam: wish.pools,
      options: wish.options,
      labels: wish.labels,
      configOnly: wish.isConfigOnly,
      configFrom: wish.configFrom,
    };
    return { type: 'CreateNetwork', host: wish.host, network };
  });

export const networkRemove = z
  .object({ host: name, network: name })
  .transform((wish): SingleCommand => ({ type: 'RemoveNetwork', ...wish }));

export const networkPrune = z
  .object({ host: name, filters })
  .transform((wish): SingleCommand => ({ type: 'PruneNetworks', ...wish }));

export const networkConnect = z
  .object({ host: name, network: name, container: name, endpoint: endpoint.nullish() })
  .transform((wish): SingleCommand => ({
    type: 'ConnectContainer',
    ...wish,
    endpoint: wish.endpoint ?? null,
  }));

export const networkDisconnect = z
  .object({ host: name, network: name, container: name, force: z.boolean() })
  .transform((wish): SingleCommand => ({ type: 'DisconnectContainer', ...wish }));
