import type { TopicOffset, TopicPartition } from '../transport.ts';

/** What the group does with its members. */
export type GroupMember = {
  readonly topics: readonly string[];
  /** Before a change: ends what runs and lets go of all partitions. */
  revoke(): Promise<void>;
  /** After a change. */
  assign(partitions: readonly TopicPartition[]): Promise<void>;
  /** Something may have become deliverable. */
  wake(): void;
};

/** Coordinates the members of one group: one change after the other, each of them for everybody. */
export class InProcessGroup {
  readonly #committed = new Map<string, TopicOffset>();
  readonly #partitionsOf: (topic: string) => readonly TopicPartition[];
  #members: readonly GroupMember[] = [];
  #changing: Promise<void> = Promise.resolve();

  constructor(partitionsOf: (topic: string) => readonly TopicPartition[]) {
    this.#partitionsOf = partitionsOf;
  }

  join(member: GroupMember): Promise<void> {
    return this.#change(() => [...this.#members, member]);
  }

  leave(member: GroupMember): Promise<void> {
    return this.#change(() => this.#members.filter((each) => each !== member));
  }

  rebalance(): Promise<void> {
    // Turned round, so that partitions do move when there are several members.
    return this.#change(() => this.#members.toReversed());
  }

  wake(): void {
    for (const member of this.#members) member.wake();
  }

  commit(at: TopicOffset): void {
    this.#committed.set(keyOf(at), at);
  }

  committed(at: TopicPartition): bigint | null {
    return this.#committed.get(keyOf(at))?.next ?? null;
  }

  #change(membersAfter: () => readonly GroupMember[]): Promise<void> {
    this.#changing = this.#changing.then(() => this.#changeNow(membersAfter));
    return this.#changing;
  }

  async #changeNow(membersAfter: () => readonly GroupMember[]): Promise<void> {
    await Promise.all(this.#members.map((member) => member.revoke()));
    this.#members = membersAfter();
    const assignment = this.#assignment();
    await Promise.all(this.#members.map((each) => each.assign(assignment.get(each) ?? [])));
  }

  /** Round robin over the members that want the topic. */
  #assignment(): ReadonlyMap<GroupMember, readonly TopicPartition[]> {
    const assignment = new Map<GroupMember, TopicPartition[]>();
    const topics = new Set(this.#members.flatMap(({ topics }) => topics));
    let turn = 0;
    for (const partition of [...topics].flatMap((topic) => this.#partitionsOf(topic))) {
      const takers = this.#members.filter(({ topics }) => topics.includes(partition.topic));
      const taker = takers[turn++ % takers.length];
      if (taker !== undefined) assignment.set(taker, [...(assignment.get(taker) ?? []), partition]);
    }
    return assignment;
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${partition}/${topic}`;
}
