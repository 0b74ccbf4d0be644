import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NetfoldGraphqlModule } from '@netfold/graphql';
import type { GraphqlParts } from '@netfold/graphql';
import { HealthController, Readiness } from './health.controller.ts';
import { Metrics } from './metrics.ts';

/** The HTTP side of one process: GraphQL, health and metrics. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows a module by its class
export class NetfoldModule {
  static forRoot(of: {
    readonly graphql: GraphqlParts;
    readonly metrics: Metrics;
    readonly readiness: Readiness;
  }): DynamicModule {
    return {
      module: NetfoldModule,
      imports: [NetfoldGraphqlModule.forRoot(of.graphql)],
      controllers: [HealthController],
      providers: [
        { provide: Metrics, useValue: of.metrics },
        { provide: Readiness, useValue: of.readiness },
      ],
    };
  }
}
