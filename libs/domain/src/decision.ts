import type { Answer, LabEvent, Outcome, Refusal } from '@netfold/contracts';

/** A refused command may leave facts where the real engine does (a failed start). */
export type Decision = {
  readonly events: readonly LabEvent[];
  readonly outcome: Outcome;
};

const noAnswer: Answer = { ids: {}, warnings: [] };

export const accepted = (events: readonly LabEvent[], answer: Answer = noAnswer): Decision => ({
  events,
  outcome: { kind: 'accepted', answer },
});

export const refused = (refusal: Refusal, events: readonly LabEvent[] = []): Decision => ({
  events,
  outcome: { kind: 'refused', refusal },
});
