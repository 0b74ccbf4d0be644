import type { CommandGate, CommandRequest, CommandResult } from '@netfold/application';
import type { Metrics } from './metrics.ts';

/** Counts what passes the gate, and how long it took. */
export class MeasuredGate implements CommandGate {
  readonly #gate: CommandGate;
  readonly #metrics: Metrics;

  constructor(gate: CommandGate, metrics: Metrics) {
    this.#gate = gate;
    this.#metrics = metrics;
  }

  async submit(request: CommandRequest): Promise<CommandResult> {
    const end = this.#metrics.commandSeconds.startTimer();
    const result = await this.#gate.submit(request);
    end();
    if (result.isRepeat) this.#metrics.repeats.inc();
    const { outcome } = result;
    const refusal = outcome.kind === 'refused' ? outcome.refusal.class : 'none';
    this.#metrics.commands.inc({ outcome: outcome.kind, class: refusal });
    return result;
  }
}
