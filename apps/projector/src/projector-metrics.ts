import type { AppliedBatch } from '@netfold/application';
import { ProcessMetrics } from '@netfold/runtime';
import { Counter, Gauge } from 'prom-client';

/** What a projector tells of itself. */
export class ProjectorMetrics extends ProcessMetrics {
  readonly #commits = new Counter({
    name: 'netfold_projection_commits_total',
    help: 'Commits by what became of them; filled: missing in Kafka, read from the log.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly labsParked = new Gauge({
    name: 'netfold_projection_labs_parked',
    help: 'Labs that are parked now; `netfold parked` lists them.',
    registers: [this.registry],
  });
  readonly #parked = new Counter({
    name: 'netfold_projection_parked_labs_total',
    help: 'Labs whose rows could not be written and are made anew later.',
    registers: [this.registry],
  });
  readonly #position = new Gauge({
    name: 'netfold_projection_position',
    help: 'All commits of the partition up to here are in the tables.',
    labelNames: ['partition'],
    registers: [this.registry],
  });

  applied(partition: number, { position, applied, filled, dropped, parked }: AppliedBatch): void {
    this.#commits.inc({ outcome: 'applied' }, applied - filled);
    this.#commits.inc({ outcome: 'filled' }, filled);
    this.#commits.inc({ outcome: 'dropped' }, dropped);
    this.#parked.inc(parked.length);
    this.#position.set({ partition }, position);
  }
}
