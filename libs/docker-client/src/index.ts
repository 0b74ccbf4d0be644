export { docker } from './docker.ts';
export { humanDuration } from './format/units.ts';
export type { ClientCall, ClientOutput } from './client-call.ts';
export type { AskEngine, EngineCall, EngineReply, PrintedPiece } from './engine-call.ts';
