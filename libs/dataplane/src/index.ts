export type * from './rows.ts';
export { rowKeys } from './rows.ts';
