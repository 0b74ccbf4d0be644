import { createHash } from 'node:crypto';
import type { CommandId } from '@netfold/contracts';
import { commandsApply, labCreate, labRemove, stepNames, steps } from '../input/steps.ts';
import { commandId, textLimits } from '../input/text.ts';
import { applyInput, labIdFor, submit } from './envelope.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { idFrom, refusedPayload } from './payload.ts';
import type { Payload } from './payload.ts';
import { userErrorsOfInput } from './user-error.ts';

type Input = { readonly input: Readonly<Record<string, unknown>> };
type Mutation = (root: unknown, args: Input, context: ResolverContext) => Promise<Payload>;

/** The mutations that are one command, or a batch of them, on a lab. */
export function commandMutations(parts: ResolverParts): Readonly<Record<string, Mutation>> {
  const single = stepNames.map((step): [string, Mutation] => [
    step,
    (_, { input }, context) => applyInput(parts, context, input, steps[step]),
  ]);
  return {
    ...Object.fromEntries(single),
    labCreate: (_, { input }, context) => createLab(parts, context, input),
    labRemove: (_, { input }, context) => applyInput(parts, context, input, labRemove),
    commandsApply: (_, { input }, context) => applyInput(parts, context, input, commandsApply),
    containerRun: (_, { input }, context) => runContainer(parts, context, input),
  };
}

async function createLab(
  parts: ResolverParts,
  context: ResolverContext,
  input: Input['input'],
): Promise<Payload> {
  const given = commandId.nullish().safeParse(input['commandId']);
  const parsed = labCreate.safeParse(input);
  const id = (given.success ? given.data : null) ?? parts.newCommandId();
  if (!given.success) return refusedPayload(id, userErrorsOfInput(given.error));
  if (!parsed.success) return refusedPayload(id, userErrorsOfInput(parsed.error));
  const labId = labIdFor(context.request.actor.tenantId, id);
  return submit(context, { id, labId, expectedVersion: null, body: parsed.data }, input);
}

/**
 * As `docker run` does: create, then start. A refused start leaves the created container,
 * so these are two commands; a batch would take the container back.
 */
async function runContainer(
  parts: ResolverParts,
  context: ResolverContext,
  input: Input['input'],
): Promise<Payload> {
  const created = await applyInput(parts, context, input, steps.containerCreate);
  const container = idFrom(created, 'containerId');
  const { result } = created;
  if (result === null || container === null) return created;
  const host = String(input['host']);
  const started = await submit(
    context,
    {
      id: startIdOf(result.commandId),
      labId: result.labId,
      expectedVersion: null,
      body: { type: 'StartContainer', host, container },
    },
    { ...input, container },
  );
  return {
    ...started,
    commandId: result.commandId,
    effects: mergeEffects(created, started),
    ids: { ...created.ids, ...started.ids },
    warnings: [...created.warnings, ...started.warnings],
  };
}

/** The id of the start follows from that of the creation, so that a repeat repeats both. */
function startIdOf(id: CommandId): CommandId {
  const derived = `${id}+start`;
  if (derived.length <= textLimits.commandId) return derived;
  return `${createHash('sha256').update(id).digest('hex')}+start`;
}

/** Of two changes of one row the later stands; what the first added is new all the same. */
function mergeEffects(created: Payload, started: Payload): Payload['effects'] {
  const place = ({ table, key }: Payload['effects'][number]): string => `${table} ${key}`;
  const merged = new Map(created.effects.map((change) => [place(change), change]));
  for (const change of started.effects) {
    const before = merged.get(place(change));
    const isNew = before?.op === 'put' && before.isNew === true;
    if (isNew && change.op === 'remove') merged.delete(place(change));
    else if (isNew && change.op === 'put') merged.set(place(change), { ...change, isNew });
    else merged.set(place(change), change);
  }
  return [...merged.values()];
}
