import { linkKey } from '@netfold/domain';
import type {
  LearningLink,
  LearningPort,
  NeighbourSeen,
  StationSeen,
  Traffic,
} from '@netfold/contracts';
import type { InterfaceRow, RouteRow } from '../rows.ts';
import type { Neighbour, Port } from './segment.ts';
import type { Stack } from './stack.ts';

/** A stack that looks for the next hop of its packet. */
type Asking = {
  readonly stack: Stack;
  readonly route: RouteRow;
  readonly address: string;
  /** Of the packet; it is the asker's own unless the packet is passed on. */
  readonly source: string;
};

/** Entries that a walk, or all walks of one program, can teach; more are not told. */
const lessonsMax = 4_096;

/**
 * What walked packets would teach the tables on their way: who asked whom, and at which ports of
 * bridges frames came in. The first thing learnt of an address stands: whoever answers a question
 * knows the asker from it.
 */
export class Lessons {
  readonly #neighbours = new Map<string, NeighbourSeen>();
  readonly #stations = new Map<string, StationSeen>();

  get traffic(): Traffic {
    return { neighbours: [...this.#neighbours.values()], stations: [...this.#stations.values()] };
  }

  /** One question on a link, and the frame that follows its answer. */
  ask(asking: Asking, found: Neighbour | null, entered: readonly Port[]): void {
    const { stack, route, address, source } = asking;
    const link = stack.interfaceNamed(route.device);
    if (link === null) return;
    for (const port of entered) this.#heardAt(port, link.mac);
    if (found === null) {
      this.#meet({ stack, link }, { address, mac: null, how: 'unanswered' });
      return;
    }
    this.#meet({ stack, link }, { address, mac: found.link.mac, how: 'answered' });
    const own = stack.isLocal(source) ? source : stack.sourceOn(route);
    if (own === null) return;
    this.#meet(found, { address: own, mac: link.mac, how: 'heard' });
  }

  #meet({ stack, link }: Port, seen: Omit<NeighbourSeen, 'link'>): void {
    const learning = learningLink(stack, link);
    if (learning === null || this.#neighbours.size >= lessonsMax) return;
    const key = `${learning.host} ${learning.kind} ${learning.id} ${seen.address}`;
    const known = this.#neighbours.get(key);
    if (known !== undefined && known.how !== 'unanswered') return;
    this.#neighbours.set(key, { link: learning, ...seen });
  }

  #heardAt({ stack, link }: Port, mac: string): void {
    const port = learningPort(stack, link);
    if (port === null || this.#stations.size >= lessonsMax) return;
    this.#stations.set(`${port.host} ${port.kind} ${port.id} ${mac}`, { port, mac });
  }
}

function learningPort({ host }: Stack, link: InterfaceRow): LearningPort | null {
  if (isHandMade(link)) return { kind: 'handMade', host, id: linkKey(link) };
  if (link.endpointId !== null) return { kind: 'endpoint', host, id: link.endpointId };
  const isVtep = link.kind === 'vxlan' && link.networkId !== null;
  return isVtep ? { kind: 'vtep', host, id: link.networkId } : null;
}

/** Links without ARP learn nothing, and neither does the machine outside the lab's hosts. */
function learningLink({ host }: Stack, link: InterfaceRow): LearningLink | null {
  if (isHandMade(link)) return { kind: 'handMade', host, id: linkKey(link) };
  if (link.endpointId !== null) return { kind: 'endpoint', host, id: link.endpointId };
  if (link.kind === 'nic') return { kind: 'nic', host, id: link.name };
  const isBridge = link.kind === 'bridge' && link.networkId !== null;
  return isBridge ? { kind: 'bridge', host, id: link.networkId } : null;
}

/** Only what somebody made by hand has neither a network nor an endpoint and can be a port. */
const isHandMade = ({ kind, networkId, endpointId }: InterfaceRow): boolean =>
  (kind === 'veth' || kind === 'bridge') && networkId === null && endpointId === null;
