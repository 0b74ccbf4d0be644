export type * from './actor.ts';
export type * from './command-request.ts';
export type * from './event-log.ts';
export type * from './lab-reader.ts';
export type * from './lab-states.ts';
export { FoldReader } from './fold-reader.ts';
export { ReadersOfLabs, ReadModelBehind, VersionUnknown, readWaitMs } from './lab-readers.ts';
export { CursorInvalid, cursorOf, parseCursor } from './page-cursor.ts';
export { compareRows, compareValues, orderOf, rowsPerPageMax } from './row-order.ts';
