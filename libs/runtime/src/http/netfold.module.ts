import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NetfoldGraphqlModule } from '@netfold/graphql';
import type { GraphqlParts } from '@netfold/graphql';
import { HealthModule } from './health.module.ts';

/** The HTTP side of a process that serves queries: GraphQL, health and metrics. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows a module by its class
export class NetfoldModule {
  static forRoot({
    graphql,
    ...health
  }: { readonly graphql: GraphqlParts } & Parameters<
    typeof HealthModule.forRoot
  >[0]): DynamicModule {
    return {
      module: NetfoldModule,
      imports: [NetfoldGraphqlModule.forRoot(graphql), HealthModule.forRoot(health)],
    };
  }
}
