import type { NetworkId, Refusal } from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import * as refusals from '../refusal/driver.ts';
import { hasInterface } from '../host/interface-names.ts';
import { parseInteger } from './bridge-options.ts';

/** The link that a macvlan network sits on: one of the host's, or one that it makes for itself. */
export type MacvlanParent =
  | { readonly kind: 'existing' }
  | { readonly kind: 'made'; readonly name: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const modes: readonly string[] = ['', 'bridge', 'private', 'passthru', 'vepa'];
const vlanIdMax = 4094;

/**
 * Finds or plans the parent of a macvlan network, with the driver's refusals in its order.
 * Without `-o parent` the driver makes a dummy link named after the network.
 *
 * @source docker/libnetwork drivers/macvlan/macvlan_network.go, macvlan_setup.go
 */
export function macvlanParent(
  host: LabHost,
  networkId: NetworkId,
  options: Readonly<Record<string, string>>,
): MacvlanParent {
  const mode = options['macvlan_mode'] ?? '';
  if (!modes.includes(mode)) return refused(refusals.invalidMacvlanMode(mode));
  const parent = options['parent'] ?? '';
  if (parent === 'lo') return refused(refusals.loopbackParent());
  if (parent === '') return { kind: 'made', name: `dm-${networkId.slice(0, 12)}` };
  const user = [...host.networks.values()].find(
    (network) => network.driver === 'macvlan' && network.options['parent'] === parent,
  );
  if (user !== undefined) return refused(refusals.parentInUse(user.id, parent));
  return hasInterface(host, parent) ? { kind: 'existing' } : vlanLink(host, parent);
}

function vlanLink(host: LabHost, parent: string): MacvlanParent {
  if (!parent.includes('.')) return refused(refusals.invalidVlanName(parent));
  const [link = '', vlan = '', ...rest] = parent.split('.');
  if (rest.length > 0) return refused(refusals.invalidVlanForm(parent));
  const vlanId = parseInteger(vlan);
  if (typeof vlanId !== 'number') return refused(refusals.unreadableVlanId(vlan));
  if (!hasInterface(host, link)) return refused(refusals.parentMissing(link));
  if (vlanId < 1 || vlanId > vlanIdMax) return refused(refusals.vlanIdOutOfRange(vlanId));
  return { kind: 'made', name: parent };
}

function refused(refusal: Refusal): MacvlanParent {
  return { kind: 'refused', refusal };
}
