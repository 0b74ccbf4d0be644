import type { LabTime, NeighbourSeen } from '@netfold/contracts';

/** An entry of a link's neighbour table. One per address, the latest last. */
export type LearntNeighbour = Pick<NeighbourSeen, 'address' | 'mac' | 'how'> & {
  readonly at: LabTime;
};

/** An entry of a bridge's forwarding table at one port. One per MAC, the latest last. */
export type LearntStation = { readonly mac: string; readonly at: LabTime };
