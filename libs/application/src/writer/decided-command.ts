import type { Command, LabEvent, LabTime, Outcome, Refusal } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
import type { CommandRequest } from '../command-request.ts';
import { commandBroken } from '../command-failure.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold } from '../lab-states.ts';

/** One commit is at most so large: a record of the distribution log holds 1 MiB. */
const commitBytesMax = 900 * 1024;
/** A commit that changes more rows than this is projected later, apart from its transaction. */
const deltaRowsMax = 5_000;

/** What was decided for one command, on the lab as `before` it. Nothing of it is durable yet. */
export type DecidedCommand = {
  readonly before: LabFold;
  /** As after the command; `lastHash` is still that of `before`, it is known when flushed. */
  readonly after: LabFold;
  readonly outcome: Outcome;
  readonly events: readonly LabEvent[];
  readonly eventsText: string;
  readonly delta: Delta | null;
  readonly behindBecause: string | null;
  /** The lab's time after the command. */
  readonly labTime: LabTime;
};

/**
 * What becomes of a command that cannot be decided, or that the log refuses alone. `fail`: who
 * submitted it gets the failure. `remember`: it ends with a refusal in the log, `refuse` from then.
 */
export type IfBroken = 'fail' | 'remember' | 'refuse';

export type Draws = { readonly now: LabTime; readonly random: string };

/**
 * Decides one command on a folded lab.
 * @throws whatever the core throws: our own mistake, never the user's
 */
export function decideCommand(
  model: LabModel,
  before: LabFold,
  { request, ifBroken }: { readonly request: CommandRequest; readonly ifBroken: IfBroken },
  draws: Draws,
): DecidedCommand {
  if (ifBroken === 'refuse') return refusedAs(before, commandBroken, draws.now);
  const refusal = refusalBeforehand(before, request);
  if (refusal !== null) return refusedAs(before, refusal, draws.now);
  const command: Command = { ...request, now: draws.now, random: draws.random };
  const { events, outcome } = model.decide(before.lab, command);
  if (events.length === 0) return withoutFacts(before, outcome, draws.now);
  const eventsText = JSON.stringify(events);
  const bytes = Buffer.byteLength(eventsText);
  if (bytes > commitBytesMax) return refusedAs(before, commitTooLarge(bytes), draws.now);
  const lab = model.evolveAll(before.lab, events);
  const labTime = Math.max(draws.now, lab.state === 'active' ? lab.time : 0);
  const after: LabFold = { ...before, version: before.version + 1, lab, labTime };
  const rows = rowsOf(model, before, after, events);
  return { before, after, outcome, events, eventsText, ...rows, labTime };
}

function withoutFacts(before: LabFold, outcome: Outcome, labTime: LabTime): DecidedCommand {
  const nothing = { events: [], eventsText: '[]', delta: [], behindBecause: null };
  return { before, after: before, outcome, ...nothing, labTime };
}

const refusedAs = (before: LabFold, refusal: Refusal, now: LabTime): DecidedCommand =>
  withoutFacts(before, { kind: 'refused', refusal }, now);

function refusalBeforehand(before: LabFold, request: CommandRequest): Refusal | null {
  if (before.version > 0 && before.tenantId !== request.tenantId) return foreignLab(request);
  const expected = request.expectedVersion;
  if (expected === null || expected === before.version) return null;
  return {
    class: 'conflict',
    code: 'VersionConflict',
    message: `the lab is at version ${before.version}, not at ${expected}`,
    fix: 'read the lab again and repeat the command with its version',
    data: { expected, actual: before.version },
  };
}

/** A lab of another tenant is not found; only its id cannot be taken a second time. */
function foreignLab(request: CommandRequest): Refusal {
  if (request.body.type === 'CreateLab') {
    return {
      class: 'conflict',
      code: 'LabIdTaken',
      message: `the lab id ${request.labId} is taken`,
      fix: 'let the server choose the id',
    };
  }
  return { class: 'notFound', code: 'LabNotFound', message: `no such lab: ${request.labId}` };
}

const commitTooLarge = (bytes: number): Refusal => ({
  class: 'invalidParameter',
  code: 'CommitTooLarge',
  message: `the command's facts take ${bytes} bytes, more than ${commitBytesMax}`,
  fix: 'send it as several smaller commands',
  data: { bytes, bytesMax: commitBytesMax },
});

type Rows = Pick<DecidedCommand, 'delta' | 'behindBecause'>;

/** A read model never vetoes a fact: where its rows cannot be had, the lab's rows fall behind. */
function rowsOf(
  model: LabModel,
  before: LabFold,
  after: LabFold,
  events: readonly LabEvent[],
): Rows {
  try {
    const { labId, tenantId } = after;
    const delta = model.deltaOf({ labId, tenantId, before: before.lab, after: after.lab, events });
    if (delta.length <= deltaRowsMax) return { delta, behindBecause: null };
    return { delta: null, behindBecause: `${delta.length} rows in one commit` };
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { delta: null, behindBecause: `the delta could not be computed: ${cause}` };
  }
}
