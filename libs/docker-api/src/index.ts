export { createEngineApi, engineRoutes } from './engine-api.ts';
export type { EngineContext } from './engine/engine-context.ts';
export { engineLimits, engineProfile } from './engine/engine-profile.ts';
export { openHostSockets, SocketPathTooLong } from './host-sockets.ts';
export type { HostEndpoint } from './host-sockets.ts';
