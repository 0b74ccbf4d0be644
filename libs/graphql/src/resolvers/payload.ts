import type { CommandResult } from '@netfold/application';
import type { Delta } from '@netfold/dataplane';
import { effectConnection } from './effects.ts';
import type { PageArguments } from './connection.ts';
import { openLabObject } from './lab-object.ts';
import { entriesOf } from './on-host.ts';
import type { ResolverContext } from './parts.ts';
import type { UserError } from './user-error.ts';
import { userErrorOf } from './user-error.ts';

/** What a mutation answers, before its fields are asked for. */
export type Payload = {
  readonly commandId: string;
  readonly userErrors: readonly UserError[];
  /** `null` when the command did not come as far as the lab. */
  readonly result: CommandResult | null;
  readonly effects: Delta;
  readonly ids: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** The input, for what the answer does not name. */
  readonly wish: Readonly<Record<string, unknown>>;
};

export function payloadOf(result: CommandResult, wish: Payload['wish']): Payload {
  const { commandId, outcome, effects } = result;
  const isAccepted = outcome.kind === 'accepted';
  return {
    commandId,
    userErrors: isAccepted ? [] : [userErrorOf(outcome.refusal)],
    result,
    effects,
    ids: isAccepted ? outcome.answer.ids : {},
    warnings: isAccepted ? outcome.answer.warnings : [],
    wish,
  };
}

export const refusedPayload = (commandId: string, userErrors: readonly UserError[]): Payload => ({
  commandId,
  userErrors,
  result: null,
  effects: [],
  ids: {},
  warnings: [],
  wish: {},
});

/** The lab right after the command; `null` when it was refused early, or is gone. */
function labAfter({ result }: Payload, context: ResolverContext) {
  if (result === null) return null;
  return openLabObject(result.labId, { kind: 'now', atLeast: result.labVersion }, context);
}

const answerData = ({ result }: Payload): Readonly<Record<string, unknown>> =>
  (result?.outcome.kind === 'accepted' ? result.outcome.answer.data : undefined) ?? {};

export const idFrom = ({ ids }: Payload, name: string): string | null => ids[name] ?? null;

/** A list of texts that a prune answers. */
export function textsFrom(payload: Payload, name: string): readonly string[] {
  const found = answerData(payload)[name];
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

export type BatchAnswer = {
  readonly ids: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
};

export const batchAnswersFrom = (payload: Payload): readonly BatchAnswer[] =>
  (answerData(payload)['answers'] ?? []) as readonly BatchAnswer[];

/** Fields that every payload of a command has. */
export const commandPayloadResolvers = {
  lab: (payload: Payload, _: unknown, context: ResolverContext) => labAfter(payload, context),
  isRepeat: ({ result }: Payload) => result?.isRepeat ?? false,
  position: ({ result }: Payload) => result?.position ?? null,
  version: ({ result }: Payload) => result?.labVersion ?? null,
  labTime: ({ result }: Payload) => result?.labTime ?? null,
  ids: ({ ids }: Payload) => entriesOf(ids),
  effects: ({ effects }: Payload, args: PageArguments) => effectConnection(effects, args),
};
