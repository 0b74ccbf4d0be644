import type { Deciders } from '../work.ts';
import { initSwarm } from './init-swarm.ts';
import { joinSwarm } from './join-swarm.ts';
import { leaveSwarm } from './leave-swarm.ts';

export const swarmDeciders: Deciders<'InitSwarm' | 'JoinSwarm' | 'LeaveSwarm'> = {
  InitSwarm: initSwarm,
  JoinSwarm: joinSwarm,
  LeaveSwarm: leaveSwarm,
};
