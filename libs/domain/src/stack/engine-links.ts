import type { LinkPlace } from '@netfold/contracts';
import type { HandMadeLink } from '../state/hand-made.ts';
import type { LabHost } from '../state/lab-host.ts';
import { withoutEngineLink, withoutNamespace } from './removed-links.ts';
import { linkKey } from './stack-key.ts';

/** The host after the engine took links of its own away: what was done to them is forgotten. */
export function withoutLinks(host: LabHost, links: readonly LinkPlace[]): LabHost {
  const { handMade } = host;
  if (handMade === undefined) return host;
  return { ...host, handMade: links.reduce(withoutEngineLink, handMade) };
}

/** The host after a network stack ended, and with it all that was made in it. */
export function withoutStack(host: LabHost, namespace: string): LabHost {
  const { handMade } = host;
  return handMade === undefined
    ? host
    : { ...host, handMade: withoutNamespace(handMade, namespace) };
}

/** The host with one hand-made link changed. @param key  see `linkKey` */
export function withHandMadeLink(
  host: LabHost,
  key: string,
  change: (link: HandMadeLink) => HandMadeLink,
): LabHost {
  const { handMade } = host;
  const link = handMade?.links[key];
  if (handMade === undefined || link === undefined) throw new Error(`no hand-made link ${key}`);
  return { ...host, handMade: { ...handMade, links: { ...handMade.links, [key]: change(link) } } };
}

/** The host after a hand-made bridge got a port from the engine; of any other it stays as it is. */
export function withEnginePort(host: LabHost, bridgeIndex: number): LabHost {
  const key = linkKey({ namespace: '', interfaceIndex: bridgeIndex });
  const bridge = host.handMade?.links[key];
  if (bridge === undefined || bridge.hasHadPort) return host;
  return withHandMadeLink(host, key, (link) => ({ ...link, hasHadPort: true }));
}
