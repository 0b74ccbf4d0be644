import { stepNames } from '../input/steps.ts';
import type { LabScope } from '../request/lab-scope.ts';
import type { RowObject } from './object.ts';
import { entriesOf } from './on-host.ts';
import type { ResolverContext } from './parts.ts';
import { batchAnswersFrom, commandPayloadResolvers, idFrom, textsFrom } from './payload.ts';
import type { BatchAnswer, Payload } from './payload.ts';
import { containerByReference, containerOf, hostOf, networkByReference } from './references.ts';

type ObjectResolver = (
  payload: Payload,
  args: unknown,
  context: ResolverContext,
) => Promise<RowObject | null>;

/** The objects of a payload are read from the lab as it is right after the command. */
const fromLabAfter =
  (
    find: (scope: LabScope, payload: Payload, host: string) => Promise<RowObject | null>,
  ): ObjectResolver =>
  async (payload, _, { request }) => {
    const { result, wish } = payload;
    if (result === null) return null;
    const at = { kind: 'now', atLeast: result.labVersion } as const;
    const scope = await request.scope(result.labId, at);
    return scope === null ? null : find(scope, payload, textOf(wish['host'] ?? wish['name']));
  };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const ofAccepted =
  (find: ObjectResolver): ObjectResolver =>
  async (payload, args, context) =>
    payload.userErrors.length > 0 ? null : find(payload, args, context);

const host = ofAccepted(fromLabAfter((scope, _, name) => hostOf(scope, name)));

const network = ofAccepted(
  fromLabAfter((scope, payload, hostName) =>
    networkByReference(scope, hostName, idFrom(payload, 'networkId') ?? ''),
  ),
);

/** By the id that the answer names, else as the user called it. */
const findContainer = fromLabAfter((scope, payload, hostName) => {
  const id = idFrom(payload, 'containerId');
  if (id !== null) return containerOf(scope, hostName, id);
  return containerByReference(scope, hostName, textOf(payload.wish['container']));
});

const container = ofAccepted(findContainer);

/** After a rename the old name finds nothing. */
const renamed = ofAccepted(
  fromLabAfter((scope, payload, hostName) => {
    const id = idFrom(payload, 'containerId');
    if (id !== null) return containerOf(scope, hostName, id);
    return containerByReference(scope, hostName, textOf(payload.wish['name']));
  }),
);

const objects: Readonly<Record<string, Readonly<Record<string, ObjectResolver>>>> = {
  hostAdd: { host },
  swarmInit: { host },
  swarmJoin: { host },
  swarmLeave: { host },
  networkCreate: { network },
  networkConnect: { container },
  networkDisconnect: { container },
  containerCreate: { container },
  // A refused start leaves the container behind, and the user wants to see it.
  containerRun: { container: findContainer },
  containerStart: { container },
  containerStop: { container },
  containerRestart: { container },
  containerKill: { container },
  containerPause: { container },
  containerUnpause: { container },
  containerRename: { container: renamed },
};

const others = {
  networkPrune: {
    removedNetworks: (payload: Payload) => textsFrom(payload, 'networksDeleted'),
  },
  containerPrune: {
    removedContainers: (payload: Payload) => textsFrom(payload, 'containersDeleted'),
  },
  commandsApply: {
    answers: (payload: Payload) => batchAnswersFrom(payload),
    failedIndex: ({ result }: Payload) => {
      if (result?.outcome.kind !== 'refused') return null;
      const index = result.outcome.refusal.data?.['batchIndex'];
      return typeof index === 'number' ? index : null;
    },
  },
} as const;

const payloadTypeOf = (mutation: string): string =>
  `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload`;

/** Resolvers of the payload type of every mutation that is a command. */
export const payloadResolvers = Object.fromEntries([
  ...[...stepNames, 'labCreate', 'labRemove', 'commandsApply', 'containerRun'].map((mutation) => [
    payloadTypeOf(mutation),
    {
      ...commandPayloadResolvers,
      ...objects[mutation],
      ...(Object.hasOwn(others, mutation) ? others[mutation as keyof typeof others] : {}),
    },
  ]),
  ['CommandAnswer', { ids: ({ ids }: BatchAnswer) => entriesOf(ids) }],
]);
