import {
  FoldedLabs,
  LabWriter,
  HealthChecks,
  ProcessGate,
  SystemEntropy,
  systemClock,
  systemTimers,
  labModel,
} from '@netfold/application';
import type { CommandRequest, CommandResult, WriterClaim } from '@netfold/application';
import type { OwnedWriter } from '@netfold/log-kafka';
import { PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';

export type PartitionWriterOptions = {
  readonly partition: number;
  /** As the role `netfold_writer`. */
  readonly connection: ConnectionSettings;
  readonly codeVersion: string;
  readonly onFenced: () => void;
  /** Commits were written. */
  readonly onFlushed: (flushed: { readonly commands: number; readonly commits: number }) => void;
  readonly onProblem: (problem: string, cause: Error | null) => void;
};

/**
 * Log, labs and writer of one partition. Rows of read models are made elsewhere, from the commits.
 * Programs that timers and restarts bring up are run here, where the timers are.
 */
export class PartitionWriter implements OwnedWriter {
  readonly partition: number;
  readonly log: PostgresLog;
  readonly labs: FoldedLabs;
  readonly #writer: LabWriter;

  constructor(of: PartitionWriterOptions) {
    this.partition = of.partition;
    this.log = new PostgresLog({
      connection: of.connection,
      changesOf: null,
      sendsWakeUps: true,
      onProblem: of.onProblem,
    });
    const parts = { log: this.log, model: labModel, timers: systemTimers };
    this.labs = new FoldedLabs({
      ...parts,
      codeVersion: of.codeVersion,
      onProblem: (cause) => of.onProblem('a snapshot could not be used', cause),
    });
    this.#writer = new LabWriter({
      ...parts,
      labs: this.labs,
      partition: of.partition,
      clock: systemClock,
      entropy: new SystemEntropy(),
      onFlushed: of.onFlushed,
      onFenced: of.onFenced,
      onProblem: of.onProblem,
    });
    const run = { gate: this.#writer, timers: systemTimers, onProblem: of.onProblem };
    new ProcessGate({ ...run, states: this.labs }).watch(this.labs);
    new HealthChecks({ ...run, clock: systemClock }).watch(this.labs);
  }

  get claim(): WriterClaim | null {
    return this.#writer.claim;
  }

  get underWay(): number {
    return this.#writer.underWay;
  }

  start(): Promise<void> {
    return this.#writer.start();
  }

  /** Whoever sent it hears of its end by the log alone, also when it fails. */
  submit(request: CommandRequest): Promise<CommandResult> {
    return this.#writer.submit(request, 'remember');
  }

  async stop(): Promise<void> {
    await this.#writer.stop();
    await this.log.close();
  }
}
