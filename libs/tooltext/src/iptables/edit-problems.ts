/** A command line that the tool does not take. `text` comes behind its version. */
export type UsageProblem = { readonly problem: string; readonly isBare?: true };

/** What is not played although the real tool has it. */
export type NotPlayed = { readonly notPlayed: string };
