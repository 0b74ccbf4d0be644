import type { Deciders } from '../work.ts';
import { removeNode, updateNode } from './change-nodes.ts';
import { initSwarm } from './init-swarm.ts';
import { joinSwarm } from './join-swarm.ts';
import { leaveSwarm } from './leave-swarm.ts';
import { updateSwarm } from './update-swarm.ts';

export const swarmDeciders: Deciders<
  'InitSwarm' | 'JoinSwarm' | 'LeaveSwarm' | 'UpdateSwarm' | 'UpdateNode' | 'RemoveNode'
> = {
  InitSwarm: initSwarm,
  JoinSwarm: joinSwarm,
  LeaveSwarm: leaveSwarm,
  UpdateSwarm: updateSwarm,
  UpdateNode: updateNode,
  RemoveNode: removeNode,
};
