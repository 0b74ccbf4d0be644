import type { Command, CommandBody, LabEvent } from '@netfold/contracts';
import { decide, evolve, initial } from '@netfold/domain';
import type { Lab } from '@netfold/domain';
import { openLab, openNetwork, runContainer } from './workload.ts';

/** The facts of a lab with so many containers on one host, decided without any store. */
export function eventsOfLab(containers: number): readonly LabEvent[] {
  const bodies: readonly CommandBody[] = [
    openLab('h1'),
    openNetwork(),
    ...Array.from({ length: containers }, (_, number) => runContainer(number)),
  ];
  let lab: Lab = initial;
  return bodies.flatMap((body, index) => {
    const { events, outcome } = decide(lab, commandOf(body, index));
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.message);
    lab = events.reduce(evolve, lab);
    return events;
  });
}

const start = Date.UTC(2026, 0, 1);

const commandOf = (body: CommandBody, index: number): Command => ({
  id: `bench-${index}`,
  labId: 'lab-00000000',
  tenantId: 'local',
  actorId: 'bench',
  face: 'graphql',
  commandText: null,
  correlationId: `bench-${index}`,
  causationId: null,
  now: start + index * 10,
  random: index.toString(16).padStart(8, '0').repeat(4),
  expectedVersion: null,
  body,
});
