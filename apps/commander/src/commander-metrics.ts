import type { DeskCounts } from '@netfold/log-kafka';
import { ProcessMetrics } from '@netfold/runtime';
import { Counter, Gauge, Histogram } from 'prom-client';

/** What a commander tells of itself. */
export class CommanderMetrics extends ProcessMetrics {
  readonly flushCommands = new Histogram({
    name: 'netfold_flush_commands',
    help: 'Commands written by one flush of the log.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });
  readonly #records = new Counter({
    name: 'netfold_command_records_total',
    help: 'Records of commands by what became of them.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly #relayed = new Counter({
    name: 'netfold_relayed_records_total',
    help: 'Commits and outcomes sent to Kafka.',
    labelNames: ['stream'],
    registers: [this.registry],
  });

  constructor(partitionsHeld: () => number) {
    super();
    const gauge = new Gauge({
      name: 'netfold_partitions_held',
      help: 'Partitions that this process writes.',
      registers: [],
      collect() {
        this.set(partitionsHeld());
      },
    });
    this.registry.registerMetric(gauge);
  }

  handled(counts: DeskCounts): void {
    for (const [outcome, count] of Object.entries(counts)) this.#records.inc({ outcome }, count);
  }

  relayed(stream: string, records: number): void {
    this.#relayed.inc({ stream }, records);
  }
}
