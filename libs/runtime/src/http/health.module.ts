import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ProcessMetrics } from '../metrics/process-metrics.ts';
import { HealthController, Readiness } from './health.controller.ts';

/** Health and metrics of one process. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows a module by its class
export class HealthModule {
  static forRoot(of: {
    readonly metrics: ProcessMetrics;
    readonly readiness: Readiness;
  }): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: ProcessMetrics, useValue: of.metrics },
        { provide: Readiness, useValue: of.readiness },
      ],
    };
  }
}
