/** A fault that somebody might make, and that the simulation has to find. */
export type PlantedFault = {
  readonly name: string;
  /** Below the root of the repository. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

export const plantedFaults: readonly PlantedFault[] = [];
