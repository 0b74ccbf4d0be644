import type { LabId } from '@netfold/contracts';
import { newLabId } from './netfold.ts';
import type { Netfold } from './netfold.ts';
import { openLab, openNetwork, runContainer, runsPerLab } from './workload.ts';

/**
 * The commands of closed-loop callers, each of which opens a new lab after every ten commands.
 * Opening a lab is two commands more, carried out by all sides and counted by none.
 */
export function callersOnLabs(
  netfold: Netfold,
  callers: number,
  labsPerCaller: number,
): readonly (readonly (() => Promise<unknown>)[])[] {
  return Array.from({ length: callers }, () =>
    Array.from({ length: labsPerCaller }, () => commandsOfLab(netfold, newLabId())).flat(),
  );
}

function commandsOfLab(netfold: Netfold, labId: LabId): readonly (() => Promise<unknown>)[] {
  const runs = Array.from(
    { length: runsPerLab },
    (_, index) => () => netfold.submit(labId, runContainer(index)),
  );
  return [
    () => netfold.submit(labId, openLab('h1')),
    () => netfold.submit(labId, openNetwork()),
    ...runs,
  ];
}
