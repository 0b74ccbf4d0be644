import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import type { ResolverMap } from '../resolvers/build-resolvers.ts';
import { sdl } from './sdl.ts';

/**
 * The schema with its resolvers.
 * @throws when a resolver stands for a field or type that the schema does not have
 */
export const executableSchema = (resolvers: ResolverMap): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: sdl,
    resolvers: resolvers as Parameters<typeof makeExecutableSchema>[0]['resolvers'] & object,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
