export { codeOf, failure, failureCodes } from './failure/failure.ts';
export type { FailureCode } from './failure/failure.ts';
export { maskError } from './failure/mask.ts';
export type { ReportFault } from './failure/mask.ts';
export { limits as graphqlLimits } from './limits/limits.ts';
export { demandCheap } from './limits/cost.ts';
export { shapeFailure } from './limits/shape.ts';
export { nodeId, parseNodeId } from './node-id.ts';
export { RequestContext } from './request/request-context.ts';
export type { Dispatch } from './request/request-context.ts';
export { buildResolvers } from './resolvers/build-resolvers.ts';
export type { ResolverMap } from './resolvers/build-resolvers.ts';
export type {
  HostCertificate,
  HostShellLine,
  HostShellResult,
  ResolverContext,
  ResolverParts,
} from './resolvers/parts.ts';
export { executableSchema } from './schema/executable-schema.ts';
export { sdl } from './schema/sdl.ts';
export { NetfoldGraphqlModule } from './graphql-module.ts';
export type { GraphqlParts } from './graphql-module.ts';
export { loopbackHosts } from './http/border.ts';
export type { Border } from './http/border.ts';
export { graphqlPath } from './http/http-face.ts';
