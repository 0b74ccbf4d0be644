import type { LinkPlace } from '@netfold/contracts';
import type { HandMade, HandMadeLink } from '../state/hand-made.ts';
import { linkKey } from './stack-key.ts';

const noMac = '00:00:00:00:00:00';

/** The hand-made links that are ports of a bridge. */
export function portsOf(made: HandMade, bridge: LinkPlace): readonly HandMadeLink[] {
  const key = linkKey(bridge);
  return Object.values(made.links).filter(
    ({ master }) => master !== null && linkKey(master) === key,
  );
}

/**
 * The MAC of a hand-made bridge: the lowest of its ports', unless one was set.
 *
 * @param others  MACs of ports that nobody made by hand
 * @source Linux net/bridge/br_stp_if.c br_stp_recalculate_bridge_id
 */
export function bridgeMacOf(
  made: HandMade,
  bridge: HandMadeLink,
  others: readonly string[],
): string {
  if (bridge.isMacSet) return bridge.mac;
  const macs = [...portsOf(made, bridge).map(({ mac }) => mac), ...others].toSorted();
  return macs[0] ?? (bridge.hasHadPort ? noMac : bridge.mac);
}
