export * from './factories.ts';
export * from './given.ts';
export { CountingEntropy, ManualTime, settled } from './manual-time.ts';
export { MemoryEventLog } from './memory-event-log.ts';
export type { FlushFault } from './memory-event-log.ts';
export { dueHost, hostNamesOf, tallyModel } from './tally-model.ts';
export { addTallyHost, makeTallyLab, requestOf, TallyDesk } from './tally-desk.ts';
