import 'reflect-metadata';
import type { Server } from 'node:http';
import type { Authenticator, GuardedGate, GuardedReaders, Quotas } from '@netfold/application';
import { Inject, Module } from '@nestjs/common';
import type {
  DynamicModule,
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyInstance } from 'fastify';
import { demandOneHandlerEach, handlers } from './cqrs/handlers.ts';
import { OpenLab } from './cqrs/open-lab.ts';
import { SubmitCommand } from './cqrs/submit-command.ts';
import { gateToken, partsToken, readersToken } from './cqrs/tokens.ts';
import type { ReportFault } from './failure/mask.ts';
import { Admission } from './http/admission.ts';
import type { Border } from './http/border.ts';
import { guardEngine } from './http/engine.ts';
import type { Engine } from './http/engine.ts';
import { graphiqlFace } from './http/graphiql.ts';
import { graphqlPath, httpFace } from './http/http-face.ts';
import { SocketFace } from './http/socket-face.ts';
import { limits } from './limits/limits.ts';
import type { Dispatch } from './request/request-context.ts';
import { buildResolvers } from './resolvers/build-resolvers.ts';
import type { ResolverParts } from './resolvers/parts.ts';
import { sdl } from './schema/sdl.ts';

/** Everything this face needs; an app makes it and hands it over. */
export type GraphqlParts = ResolverParts & {
  readonly gate: GuardedGate;
  readonly guardedReaders: GuardedReaders;
  readonly authenticator: Authenticator;
  readonly quotas: Quotas;
  readonly border: Border;
  /** Serve GraphiQL at `/graphiql`: in local mode only. */
  readonly hasGraphiql: boolean;
  readonly report: ReportFault;
};

const engineOptions = {
  driver: MercuriusDriver,
  typeDefs: sdl,
  // Compile a query when it comes the second time.
  jit: 1,
  cache: limits.cachedQueries,
  // Our own faces stand before the engine: HTTP and sockets with their own rules.
  routes: false,
  graphiql: false,
  // Its own sockets stay closed without routes; off, it would take `subscribe` for a resolver.
  subscription: true,
  allowBatchedQueries: false,
  graphql: { parseOptions: { maxTokens: limits.tokens } },
  // Errors are masked by our faces, who know the request.
  errorFormatter: (execution: object) => ({ statusCode: 200, response: execution }),
} as unknown as MercuriusDriverConfig;

/** GraphQL over HTTP and WebSocket on the Fastify instance of a Nest application. */
@Module({})
export class NetfoldGraphqlModule
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  readonly #parts: GraphqlParts;
  readonly #dispatch: Dispatch;
  readonly #host: HttpAdapterHost;
  #sockets: SocketFace | null = null;

  constructor(
    @Inject(partsToken) parts: GraphqlParts,
    @Inject(CommandBus) commands: CommandBus,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    this.#parts = parts;
    this.#host = host;
    this.#dispatch = {
      submit: (actor, request) => commands.execute(new SubmitCommand(actor, request)),
      openLab: (actor, labId, at, isFirst) =>
        queries.execute(new OpenLab(actor, labId, at, isFirst)),
    };
  }

  static forRoot(parts: GraphqlParts): DynamicModule {
    demandOneHandlerEach(handlers);
    return {
      module: NetfoldGraphqlModule,
      imports: [
        CqrsModule.forRoot(),
        GraphQLModule.forRoot<MercuriusDriverConfig>({
          ...engineOptions,
          resolvers: buildResolvers(parts) as NonNullable<MercuriusDriverConfig['resolvers']>,
        }),
      ],
      providers: [
        ...handlers,
        { provide: partsToken, useValue: parts },
        { provide: gateToken, useValue: parts.gate },
        { provide: readersToken, useValue: parts.guardedReaders },
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    const { authenticator, border, report, hasGraphiql } = this.#parts;
    const app = this.#app();
    const dispatch = this.#dispatch;
    const faceParts = { engine: () => this.#engine(), authenticator, dispatch, border, report };
    await app.register((scope) => httpFace(scope, faceParts));
    if (hasGraphiql) await app.register(graphiqlFace);
  }

  onApplicationBootstrap(): void {
    const { authenticator, border, report, quotas, clock } = this.#parts;
    const admission = new Admission(quotas, clock);
    guardEngine(this.#engine(), admission);
    this.#sockets = new SocketFace({
      authenticator,
      border,
      report,
      dispatch: this.#dispatch,
      schema: () => this.#engine().schema,
      admission: () => admission,
    });
    this.#sockets.attach(this.#host.httpAdapter.getHttpServer() as Server, graphqlPath);
  }

  /** Sends subscribers away with a code that tells them to come back. First step of a drain. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#sockets?.close();
  }

  #app(): FastifyInstance {
    return this.#host.httpAdapter.getInstance<FastifyInstance>();
  }

  #engine(): Engine {
    return (this.#app() as unknown as { readonly graphql: Engine }).graphql;
  }
}
