import { Controller, Get, Header, HttpException, HttpStatus, Inject } from '@nestjs/common';
import { ProcessMetrics } from '../metrics/process-metrics.ts';

/** Says whether the server can take work; `null` when it can, else why not. */
export abstract class Readiness {
  abstract problem(): Promise<string | null>;
}

@Controller()
export class HealthController {
  readonly #readiness: Readiness;
  readonly #metrics: ProcessMetrics;

  constructor(
    @Inject(Readiness) readiness: Readiness,
    @Inject(ProcessMetrics) metrics: ProcessMetrics,
  ) {
    this.#readiness = readiness;
    this.#metrics = metrics;
  }

  /** The process answers. A database outage must not restart it. */
  @Get('healthz')
  alive(): { readonly status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('readyz')
  async ready(): Promise<{ readonly status: 'ready' }> {
    const problem = await this.#readiness.problem();
    if (problem === null) return { status: 'ready' };
    throw new HttpException({ status: 'notReady', problem }, HttpStatus.SERVICE_UNAVAILABLE);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.#metrics.registry.metrics();
  }
}
