export type * from './state/lab.ts';
export type * from './state/lab-host.ts';
export type * from './state/network.ts';
export type * from './state/endpoint.ts';
export type * from './state/container.ts';
export type * from './state/exec.ts';
export type * from './state/swarm.ts';
export type * from './persistent/persistent-map.ts';
export type { Decision } from './decision.ts';
