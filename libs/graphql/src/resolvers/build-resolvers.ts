import { enums } from '../schema/enums.ts';
import { scalars } from '../schema/scalars.ts';
import { accountMutations } from './account-mutations.ts';
import { commandMutations } from './command-mutations.ts';
import { commitResolvers } from './commit.ts';
import type { Connection } from './connection.ts';
import { hostCertificateCreate } from './host-certificate.ts';
import { hostExec } from './host-exec.ts';
import { hostResolvers } from './host.ts';
import { labResolvers } from './lab.ts';
import { idOf, tableOfType } from './object.ts';
import type { RowObject } from './object.ts';
import { onHostResolvers } from './on-host.ts';
import type { ResolverParts } from './parts.ts';
import { payloadResolvers } from './payload-types.ts';
import { queryResolvers } from './query.ts';
import { subscriptionResolvers } from './subscription.ts';
import { swarmResolvers } from './swarm-tokens.ts';
import { userResolvers } from './user.ts';

/** Functions, scalars and enum values, by type and field. */
export type ResolverMap = Readonly<Record<string, unknown>>;

const connectionResolvers = {
  edges: (page: Connection<unknown>) => page.edges(),
  totalCount: (page: Connection<unknown>) => page.totalCount(),
};

const connectionTypes = [...Object.keys(tableOfType), 'Commit', 'Effect', 'User'].map(
  (type) => `${type}Connection`,
);

const typeOfNode = (node: { readonly __typename: string }): string => node.__typename;

/** The whole resolver map: a plain object, so that no framework stands on the hot path. */
export function buildResolvers(parts: ResolverParts): ResolverMap {
  const rowTypes = Object.fromEntries(
    Object.keys(tableOfType).map((type) => [type, { id: (node: RowObject) => idOf(node) }]),
  );
  const onHost = Object.entries({ ...onHostResolvers, Host: hostResolversOf(parts) });
  return {
    ...scalars,
    ...enums,
    ...rowTypes,
    ...Object.fromEntries(onHost.map(([type, fields]) => [type, { ...rowTypes[type], ...fields }])),
    ...Object.fromEntries(connectionTypes.map((type) => [type, connectionResolvers])),
    ...payloadResolvers,
    ...userResolvers(parts),
    Lab: labResolvers(parts),
    ...swarmResolvers(parts),
    Commit: commitResolvers(parts),
    Node: { __resolveType: typeOfNode },
    Query: queryResolvers(parts),
    Mutation: {
      ...commandMutations(parts),
      ...accountMutations(parts),
      hostCertificateCreate: hostCertificateCreate(parts),
      hostExec: hostExec(parts),
    },
    Subscription: subscriptionResolvers(parts),
  };
}

const hostResolversOf = (parts: ResolverParts) => ({
  ...hostResolvers,
  dockerHost: ({ scope, row }: RowObject<'Host'>) => parts.dockerHostOf(scope.labId, row.host),
});
