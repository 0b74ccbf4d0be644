export type * from './actor.ts';
export type * from './command-request.ts';
export type * from './event-log.ts';
export type * from './lab-reader.ts';
export type * from './lab-states.ts';
