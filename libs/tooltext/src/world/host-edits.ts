import type { FirewallEdit, Refusal, SingleCommand, StackEdit, Traffic } from '@netfold/contracts';
import { hostNamespace, kernelParameter, namespaceView, PacketWalk } from '@netfold/dataplane';
import { decide, evolveAll, namedNamespace } from '@netfold/domain';
import type { ActiveLab, LabHost } from '@netfold/domain';
import type { HostSight, LineEdits, NamedNamespace, StackView } from '../tool.ts';
import { macOf } from './made-up-mac.ts';
import type { Place } from './place.ts';

/** What all stacks that one line edits have in common. */
type Line = {
  place: Place;
  readonly walks: PacketWalk[];
  readonly commands: SingleCommand[];
  lab: ActiveLab;
  sight: HostSight | null;
};

/**
 * What one line on a host edits, and the stack it runs in as its later words see it. The lab itself
 * changes when the line is over: whoever runs it makes facts of `commands`.
 */
export class HostEdits implements LineEdits {
  readonly namespace: string;
  readonly hasWritableParameters: boolean;
  readonly #line: Line;
  #seen: { readonly lab: ActiveLab; readonly stack: StackView } | null = null;

  private constructor(line: Line, namespace: string, hasWritableParameters: boolean) {
    this.#line = line;
    this.namespace = namespace;
    this.hasWritableParameters = hasWritableParameters;
  }

  /** The edits of a line that begins in one stack of a host. */
  static of(place: Place, namespace: string, hasWritableParameters: boolean): HostEdits {
    const walks = [new PacketWalk(place.lab, place.labId)];
    const line = { place, walks, commands: [], lab: place.lab, sight: null };
    return new HostEdits(line, namespace, hasWritableParameters);
  }

  /**
   * Goes on from another version of the lab: what was done so far is in it.
   *
   * @param sight  what else is to be seen there
   */
  renew(place: Place, sight: HostSight): void {
    const line = this.#line;
    line.place = place;
    line.lab = place.lab;
    line.commands.length = 0;
    line.walks.splice(0, line.walks.length, new PacketWalk(place.lab, place.labId));
    line.sight = sight;
  }

  /** What else there is to see since the line asked its engine; `null`: what was there before. */
  get sight(): HostSight | null {
    return this.#line.sight;
  }

  /** What was done, in its order. */
  get commands(): readonly SingleCommand[] {
    return this.#line.commands;
  }

  /** The stack after the edits so far. */
  get stack(): StackView {
    const { lab, place } = this.#line;
    if (this.#seen?.lab !== lab) {
      this.#seen = { lab, stack: stackAt(lab, place, this.namespace) };
    }
    return this.#seen.stack;
  }

  /** Walks packets through the lab after the edits so far. */
  get packets(): PacketWalk {
    const { walks, lab, place } = this.#line;
    return walks.at(-1) ?? new PacketWalk(lab, place.labId);
  }

  /** What all packets of the line taught, before and after its edits. */
  get traffic(): Traffic {
    const all = this.#line.walks.map((walk) => walk.taught);
    return {
      neighbours: all.flatMap(({ neighbours }) => neighbours),
      stations: all.flatMap(({ stations }) => stations),
    };
  }

  /** Counts what was made on the host: what is newer has a higher one. */
  get nextOrdinal(): number {
    return this.#host.nextOrdinal;
  }

  /** The newest first, as the directory lists them. */
  get namespaces(): readonly NamedNamespace[] {
    return [...(this.#host.handMade?.namespaces ?? [])].toReversed();
  }

  get #host(): LabHost {
    const { lab, place } = this.#line;
    return lab.hosts.get(place.host.name) ?? place.host;
  }

  /** The same line in a namespace that `ip netns` made; `null` when there is none of that name. */
  within(name: string): LineEdits | null {
    const isThere = this.namespaces.some((one) => one.name === name);
    const { hasWritableParameters } = this;
    return isThere ? new HostEdits(this.#line, namedNamespace(name), hasWritableParameters) : null;
  }

  outside(): LineEdits {
    return new HostEdits(this.#line, hostNamespace, this.hasWritableParameters);
  }

  parameter(name: string): string | null {
    return kernelParameter(this.#host, this.namespace, name);
  }

  /** A MAC for a link that is about to be made: others never get it. */
  newMac(name: string): string {
    const { nextInterfaceIndex, handMade } = this.#host;
    const made = Object.keys(handMade?.links ?? {}).length;
    const { labId, host } = this.#line.place;
    const seed = [labId, host.name, nextInterfaceIndex, made, this.namespace, name];
    return macOf(seed.join(' '));
  }

  mark(): () => void {
    const line = this.#line;
    const { lab } = line;
    const [walks, commands] = [line.walks.length, line.commands.length];
    return () => {
      line.lab = lab;
      line.walks.length = walks;
      line.commands.length = commands;
    };
  }

  editFirewall(edits: readonly FirewallEdit[]): Refusal | null {
    return this.#apply({ type: 'EditFirewall', host: this.#host.name, edits });
  }

  editStacks(edits: readonly StackEdit[]): Refusal | null {
    return this.#apply({ type: 'EditStacks', host: this.#host.name, edits });
  }

  #apply(command: SingleCommand): Refusal | null {
    const line = this.#line;
    const { labId, now } = line.place;
    const { events, outcome } = decide(line.lab, {
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
      body: command,
    });
    if (outcome.kind === 'refused') return outcome.refusal;
    const after = evolveAll(line.lab, events);
    if (after.state !== 'active') return null;
    line.commands.push(command);
    line.lab = after;
    line.walks.push(new PacketWalk(after, labId));
    return null;
  }
}

const known = new WeakMap<ActiveLab, Map<string, StackView>>();

/** Worked out once for each version of the lab: a line that asks its engine is run often. */
const stackAt = (lab: ActiveLab, { labId, host }: Place, namespace: string): StackView => {
  const stacks = known.get(lab) ?? new Map<string, StackView>();
  known.set(lab, stacks);
  const key = `${host.name} ${namespace}`;
  const there = lab.hosts.get(host.name) ?? host;
  const stack = stacks.get(key) ?? namespaceView(lab, labId, there, namespace);
  stacks.set(key, stack);
  return stack;
};

/** The host's own stack: what begins elsewhere edits no chains. */
export const isHostStack = ({ namespace }: LineEdits): boolean => namespace === hostNamespace;

/** Of a command's seed; nothing is drawn from it here. */
const randomCharacters = 32;
