import type { FirewallEdit, Refusal, Traffic } from '@netfold/contracts';
import { hostNamespace, namespaceView, PacketWalk } from '@netfold/dataplane';
import { decide, evolveAll } from '@netfold/domain';
import type { ActiveLab } from '@netfold/domain';
import type { LineEdits, StackView } from '../tool.ts';
import type { Place } from './place.ts';

/**
 * What one line on a host edits, and the host as its later words see it. The lab itself changes
 * when the line is over: whoever runs it makes facts of `made`.
 */
export class HostEdits implements LineEdits {
  readonly made: FirewallEdit[] = [];
  readonly #place: Place;
  readonly #walks: PacketWalk[];
  #lab: ActiveLab;
  #stack: StackView;

  constructor(place: Place, stack: StackView) {
    this.#place = place;
    this.#lab = place.lab;
    this.#stack = stack;
    this.#walks = [new PacketWalk(place.lab, place.labId)];
  }

  /** The host's own stack after the edits so far. */
  get stack(): StackView {
    return this.#stack;
  }

  /** Walks packets through the lab after the edits so far. */
  get packets(): PacketWalk {
    return this.#walks.at(-1) ?? new PacketWalk(this.#lab, this.#place.labId);
  }

  /** What all packets of the line taught, before and after its edits. */
  get traffic(): Traffic {
    const all = this.#walks.map((walk) => walk.taught);
    return {
      neighbours: all.flatMap(({ neighbours }) => neighbours),
      stations: all.flatMap(({ stations }) => stations),
    };
  }

  /** Counts what was made on the host: what is newer has a higher one. */
  get nextOrdinal(): number {
    return this.#lab.hosts.get(this.#place.host.name)?.nextOrdinal ?? 0;
  }

  /** @returns why it cannot be made, or `null` */
  apply(edits: readonly FirewallEdit[]): Refusal | null {
    const { host, labId, now } = this.#place;
    const { events, outcome } = decide(this.#lab, {
      id: '',
      labId,
      tenantId: '',
      actorId: '',
      face: 'cli',
      commandText: null,
      correlationId: '',
      causationId: null,
      now,
      random: '0'.repeat(randomCharacters),
      expectedVersion: null,
      body: { type: 'EditFirewall', host: host.name, edits },
    });
    if (outcome.kind === 'refused') return outcome.refusal;
    const after = evolveAll(this.#lab, events);
    const changed = after.state === 'active' ? after.hosts.get(host.name) : undefined;
    if (after.state !== 'active' || changed === undefined) return null;
    this.made.push(...edits);
    this.#lab = after;
    this.#stack = namespaceView(after, labId, changed, hostNamespace);
    this.#walks.push(new PacketWalk(after, labId));
    return null;
  }
}

/** Of a command's seed; nothing is drawn from it here. */
const randomCharacters = 32;
