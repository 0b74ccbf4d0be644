import type { Deciders } from '../work.ts';
import { connectContainer } from './connect-container.ts';
import { disconnectContainer } from './disconnect-container.ts';

export const endpointDeciders: Deciders<'ConnectContainer' | 'DisconnectContainer'> = {
  ConnectContainer: connectContainer,
  DisconnectContainer: disconnectContainer,
};
