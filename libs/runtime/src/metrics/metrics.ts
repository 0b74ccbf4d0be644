import { Counter, Gauge, Histogram } from 'prom-client';
import { ProcessMetrics } from './process-metrics.ts';

/** What a process that takes commands tells of itself. */
export class Metrics extends ProcessMetrics {
  readonly commands = new Counter({
    name: 'netfold_commands_total',
    help: 'Commands answered, by outcome and refusal class.',
    labelNames: ['outcome', 'class'],
    registers: [this.registry],
  });
  readonly repeats = new Counter({
    name: 'netfold_command_repeats_total',
    help: 'Commands that were answered from memory of an earlier, equal one.',
    registers: [this.registry],
  });
  readonly commandSeconds = new Histogram({
    name: 'netfold_command_seconds',
    help: 'From submission to the durable answer.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly flushCommands = new Histogram({
    name: 'netfold_flush_commands',
    help: 'Commands written by one flush of the log.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });

  constructor(underWay: () => number) {
    super();
    const gauge = new Gauge({
      name: 'netfold_commands_under_way',
      help: 'Commands without an answer yet.',
      registers: [],
      collect() {
        this.set(underWay());
      },
    });
    this.registry.registerMetric(gauge);
  }
}
