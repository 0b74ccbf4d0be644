import type { FoundLink, LinkPlace, LinkSetting } from '@netfold/contracts';
import type { HandMade, HandMadeLink } from '../state/hand-made.ts';
import { linkKey } from './stack-key.ts';

/** After `ip link set`: of a hand-made link itself, of another one as an edit beside its maker. */
export function withSetting(made: HandMade, link: FoundLink, setting: LinkSetting): HandMade {
  const key = linkKey(link);
  const own = made.links[key];
  const { master, ...rest } = setting;
  const port = master === undefined ? {} : { master: master === null ? null : placeOf(master) };
  const forgotten = master === undefined ? {} : { stations: [] };
  const changed: HandMade =
    own === undefined
      ? {
          ...made,
          edited: {
            ...made.edited,
            [key]: { ...(made.edited[key] ?? { link }), ...rest, ...port },
          },
        }
      : {
          ...made,
          links: { ...made.links, [key]: settled({ ...own, ...port, ...forgotten }, rest) },
        };
  return master ? withPort(changed, master) : changed;
}

/** A link that comes up has its fe80:: address from then on, of the MAC that it has then. */
function settled(link: HandMadeLink, setting: Omit<LinkSetting, 'master'>): HandMadeLink {
  const isMacSet = link.isMacSet || setting.mac !== undefined;
  // A bridge looks for carriers of its ports from the moment that its MAC is set.
  const hasHadPort = link.hasHadPort || (link.kind === 'bridge' && isMacSet);
  const after = { ...link, ...setting, isMacSet, hasHadPort };
  if (setting.isUp === undefined || setting.isUp === link.isUp) return after;
  if (!setting.isUp) return { ...after, linkLocalMac: null, learnt: [], stations: [] };
  const isWaiting = after.kind === 'bridge' && hasHadPort;
  return { ...after, hasBeenUp: true, linkLocalMac: isWaiting ? null : after.mac };
}

/** The bridge has a port now: one of the engine's is known as edited from now on. */
function withPort(made: HandMade, bridge: FoundLink): HandMade {
  const key = linkKey(bridge);
  const own = made.links[key];
  if (own !== undefined) {
    return { ...made, links: { ...made.links, [key]: { ...own, hasHadPort: true } } };
  }
  return { ...made, edited: { ...made.edited, [key]: made.edited[key] ?? { link: bridge } } };
}

const placeOf = ({ namespace, interfaceIndex }: LinkPlace): LinkPlace => ({
  namespace,
  interfaceIndex,
});
