import { ClientError } from '../command/client-error.ts';
import { holds, parseAddress, parseSubnet } from '../value/subnet.ts';

/** One subnet of a network to be created, as the engine's API takes it. */
export type AddressPlan = {
  readonly Subnet: string;
  IPRange?: string;
  Gateway?: string;
  AuxiliaryAddresses?: Record<string, string>;
};

export type AddressWishes = {
  readonly subnets: readonly string[];
  readonly ranges: readonly string[];
  readonly gateways: readonly string[];
  /** Auxiliary addresses by name. */
  readonly auxiliary: Readonly<Record<string, string>>;
};

/**
 * Brings ranges, gateways and further addresses to the subnets that they lie in.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/network/create.go consolidateIpam
 */
export const planAddresses = (wishes: AddressWishes): readonly AddressPlan[] => {
  const { subnets, ranges, gateways, auxiliary } = wishes;
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new ClientError('every ip-range or gateway must have a corresponding subnet');
  }
  const plans = new Map<string, AddressPlan>();
  for (const subnet of subnets) {
    for (const other of plans.keys()) {
      if ([isWithin(other, subnet), isWithin(subnet, other)].includes(true)) {
        throw new ClientError('multiple overlapping subnet configuration is not supported');
      }
    }
    plans.set(subnet, { Subnet: subnet });
  }
  const plansOf = (text: string, what: string): readonly AddressPlan[] => {
    const found = [...plans.values()].filter(({ Subnet }) => isWithin(text, Subnet));
    if (found.length === 0) throw new ClientError(`no matching subnet for ${what} ${text}`);
    return found;
  };
  for (const range of ranges) {
    for (const plan of plansOf(range, 'range')) setRange(plan, range);
  }
  for (const gateway of gateways) {
    for (const plan of plansOf(gateway, 'gateway')) setGateway(plan, gateway);
  }
  for (const [name, address] of Object.entries(auxiliary)) {
    for (const plan of plansOf(address, 'aux-address')) {
      plan.AuxiliaryAddresses = { ...plan.AuxiliaryAddresses, [name]: address };
    }
  }
  return [...plans.values()];
};

const setRange = (plan: AddressPlan, range: string): void => {
  const { IPRange: other, Subnet } = plan;
  if (other !== undefined) {
    throw new ClientError(
      `cannot configure multiple ranges (${range}, ${other}) on the same subnet (${Subnet})`,
    );
  }
  plan.IPRange = range;
};

const setGateway = (plan: AddressPlan, gateway: string): void => {
  const { Gateway: other, Subnet } = plan;
  if (other !== undefined) {
    throw new ClientError(
      `cannot configure multiple gateways (${gateway}, ${other}) for the same subnet (${Subnet})`,
    );
  }
  plan.Gateway = gateway;
};

/** @throws ClientError where one of them cannot be read */
const isWithin = (text: string, subnet: string): boolean => {
  const outer = parseSubnet(subnet);
  if (outer === null) throw new ClientError(`invalid subnet: invalid CIDR address: ${subnet}`);
  const inner = text.includes('/') ? addressOf(text) : parseAddress(text);
  return inner !== null && holds(outer, inner);
};

const addressOf = (text: string) => {
  const subnet = parseSubnet(text);
  if (subnet === null) throw new ClientError(`invalid CIDR address: ${text}`);
  return subnet.address;
};
