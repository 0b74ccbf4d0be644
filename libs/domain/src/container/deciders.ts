import type { ContainerCommand } from '@netfold/contracts';
import type { Deciders } from '../work.ts';
import { createContainer } from './create-container.ts';
import { endContainerProcess } from './end-process.ts';
import { reportHealth } from './report-health.ts';
import { pruneContainers, removeContainer } from './remove-container.ts';
import { renameContainer } from './rename-container.ts';
import { startContainer } from './start-container.ts';
import {
  killContainer,
  pauseContainer,
  restartContainer,
  stopContainer,
  unpauseContainer,
} from './stop-container.ts';
import { updateContainer } from './update-container.ts';

export const containerDeciders: Deciders<ContainerCommand['type']> = {
  CreateContainer: createContainer,
  StartContainer: startContainer,
  StopContainer: stopContainer,
  RestartContainer: restartContainer,
  KillContainer: killContainer,
  PauseContainer: pauseContainer,
  UnpauseContainer: unpauseContainer,
  RenameContainer: renameContainer,
  RemoveContainer: removeContainer,
  PruneContainers: pruneContainers,
  UpdateContainer: updateContainer,
  EndContainerProcess: endContainerProcess,
  ReportHealth: reportHealth,
};
