import type { HostFacts } from './host-facts.ts';
import type { Input } from './mutation-of.ts';

/** How a copy of a lab is made with other names and subnets, and how its facts are told back. */
export type Disguise = {
  /** Names in it become the copy's. */
  text(plain: string): string;
  readonly lans: readonly object[] | null;
  input(mutation: string, input: Input): Input;
  undo(facts: HostFacts): HostFacts;
  /** What cannot be the same in a copy is brought into one form on the other side, too. */
  settle(facts: HostFacts): HostFacts;
};

export const noDisguise: Disguise = {
  text: (plain) => plain,
  lans: null,
  input: (_, input) => input,
  undo: (facts) => facts,
  settle: (facts) => facts,
};
