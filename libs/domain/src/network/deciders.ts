import type { Deciders } from '../work.ts';
import { createNetwork } from './create-network.ts';
import { pruneNetworks } from './prune-networks.ts';
import { removeNetwork } from './remove-network.ts';

export const networkDeciders: Deciders<'CreateNetwork' | 'RemoveNetwork' | 'PruneNetworks'> = {
  CreateNetwork: createNetwork,
  RemoveNetwork: removeNetwork,
  PruneNetworks: pruneNetworks,
};
