export type * from './command.ts';
export type * from './commit.ts';
export type * from './container-spec.ts';
export type * from './event.ts';
export type * from './ids.ts';
export type * from './lab-spec.ts';
export type * from './refusal.ts';
export { currentSchemaVersion, SchemaVersionUnknown, upcastEvents } from './upcasting/upcast.ts';
export type { StoredEvent, UpcastingStep } from './upcasting/upcasting-step.ts';
