import type { FirewallMatch, FirewallTarget } from '@netfold/contracts';
import type { NotPlayed, UsageProblem } from './edit-problems.ts';

/** A rule while its words are read. */
export type RuleDraft = {
  readonly family: 4 | 6;
  match: FirewallMatch;
  target: FirewallTarget | null;
  /** Extensions that `-m` or `-p` loaded: their options are known. */
  readonly loaded: Set<string>;
};

/** An option as it was written, with a `!` before it. */
export type How = { readonly negated: boolean; readonly word: string };

/** Takes an option's value into a rule. @returns what is wrong with it, or `null` */
export type Reader = (draft: RuleDraft, value: string, how: How) => UsageProblem | NotPlayed | null;
