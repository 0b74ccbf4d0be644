import { Counter, Registry, collectDefaultMetrics } from 'prom-client';

/** What every process tells of itself; no lab, tenant or user stands in a label. */
export class ProcessMetrics {
  readonly registry = new Registry();
  readonly problems = new Counter({
    name: 'netfold_problems_total',
    help: 'Things that someone should look at; the log says what.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
