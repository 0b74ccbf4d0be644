import type {
  AuditableLog,
  CommandGate,
  EventLog,
  FoldedLabs,
  LabReaders,
  LabStates,
} from '@netfold/application';
import type { Metrics } from '../metrics/metrics.ts';

/** Log, labs, writer and readers of one process. */
export type LabCore = {
  readonly log: EventLog & AuditableLog;
  readonly states: LabStates & Pick<FoldedLabs, 'listen'>;
  readonly readers: LabReaders;
  readonly gate: CommandGate;
  readonly metrics: Metrics;
  /** Whether commands can be taken now; else why not. */
  problem(): Promise<string | null>;
  /** Turns commands away, ends those under way, lets go of the database. */
  stop(): Promise<void>;
};
