export * from './factories.ts';
export * from './given.ts';
export { CountingEntropy, ManualTime, settled } from './manual-time.ts';
export { MemoryDistribution } from './memory-distribution.ts';
export { MemoryEventLog } from './memory-event-log.ts';
export type { FlushFault } from './memory-event-log.ts';
export { dueHost, hostNamesOf, tallyModel } from './tally-model.ts';
export { addTallyHost, makeTallyLab, requestOf, TallyDesk } from './tally-desk.ts';
export { actorOf } from './actor.ts';
export { OneLab } from './one-lab.ts';
export { MemoryAccounts } from './memory-accounts.ts';
export { RowReader } from './row-reader.ts';
export type { GivenRows } from './row-reader.ts';
export { ScriptedLabs } from './scripted-labs.ts';
export { CuttingProxy } from './cutting-proxy.ts';
export type { Cut } from './cutting-proxy.ts';
export { noteImage, testImages } from './test-containers.ts';
export { poolAs, TestPostgres, withClient } from './test-postgres.ts';
export * from './rows.ts';
export {
  containerIn,
  endpointsIn,
  hostIn,
  labAfter,
  placeIn,
  publishedIn,
  run,
} from './container-scene.ts';
export { MemoryLab, newLab } from './memory-lab.ts';
export { commitBatch, ProjectionDesk } from './projection-desk.ts';
