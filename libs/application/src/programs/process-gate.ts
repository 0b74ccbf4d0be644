import { randomUUID } from 'node:crypto';
import type { CommandId, Commit, ContainerId, HostName, LabEvent, LabId } from '@netfold/contracts';
import type { Container } from '@netfold/domain';
import type { CommandRequest, CommandResult } from '../command-request.ts';
import { sleep } from '../environment/timers.ts';
import type { Timers } from '../environment/timers.ts';
import type { FoldedLabs, FoldListener } from '../labs/folded-labs.ts';
import type { CommandGate, LabStates, LabVersion } from '../lab-states.ts';
import { sha256 } from '../hashing/commit-hash.ts';
import { endOfStarted } from './main-process.ts';

/** How long the facts of a start are waited for before its program runs. */
const readableMs = 10_000;
/** A program's outcome that could not be made a fact is told so often, with growing pauses. */
const attemptsMax = 6;
const firstPauseMs = 500;
const endIdCharacters = 32;

/** Commands that can start a container. */
const starting: readonly CommandRequest['body']['type'][] = [
  'StartContainer',
  'RestartContainer',
  'ApplyBatch',
  'UnpauseContainer',
  'AdvanceTime',
];

/** On whose behalf a program runs: of whoever started it. */
type Cause = Omit<CommandRequest, 'id' | 'commandText' | 'expectedVersion' | 'body'>;

type Program = { readonly host: HostName; readonly containerId: ContainerId };

/**
 * A gate that also runs the programs of the containers it starts: `docker run alpine ip addr`
 * ends as soon as its start is committed. Every face goes through it, so that it is the same for
 * all of them; the facts are commits of their own, caused by the command that started them.
 *
 * Programs that another start than a command's brings up (a restart policy's timer), and those
 * whose outcome was not yet a fact when the process ended, are picked up from the folds: see
 * `watch`.
 */
export class ProcessGate implements CommandGate {
  readonly #gate: CommandGate;
  readonly #states: LabStates;
  readonly #timers: Timers;
  readonly #onProblem: (problem: string, cause: Error | null) => void;
  /** By lab, host and container: a program is run by whoever comes first. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: {
    readonly gate: CommandGate;
    readonly states: LabStates;
    readonly timers: Timers;
    /** The outcome of a program could not be written; it is picked up with the lab. */
    readonly onProblem?: (problem: string, cause: Error | null) => void;
  }) {
    this.#gate = parts.gate;
    this.#states = parts.states;
    this.#timers = parts.timers;
    this.#onProblem = parts.onProblem ?? (() => {});
  }

  /** Runs what these labs start by themselves, and what is left to run when one is loaded. */
  watch(labs: Pick<FoldedLabs, 'listen'>): void {
    const folded: FoldListener['folded'] = (fold, commit) => {
      const programs = commit === null ? runningOf(fold) : commit.events.flatMap(startedBy);
      if (programs.length === 0) return;
      // The fold is told in the middle of a flush: its answers go first.
      this.#timers.soon(() => void this.#pickUp(fold, causeOf(fold, commit), programs));
    };
    labs.listen({ folded, forgotten: () => {} });
  }

  async submit(request: CommandRequest): Promise<CommandResult> {
    const result = await this.#gate.submit(request);
    const isDone = result.outcome.kind === 'accepted' && !result.isRepeat;
    if (isDone && starting.includes(request.body.type)) await this.#runStarted(request, result);
    return result;
  }

  async #pickUp(fold: LabVersion, cause: Cause, programs: readonly Program[]): Promise<void> {
    for (const program of programs) {
      for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
        if (await this.#isRun(fold.labId, cause, program)) break;
        await sleep(this.#timers, firstPauseMs * 2 ** (attempt - 1));
      }
    }
  }

  async #isRun(labId: LabId, cause: Cause, program: Program): Promise<boolean> {
    try {
      await this.#run(labId, cause, program);
      return true;
    } catch (error) {
      const problem = `the end of a program in lab ${labId} could not be written`;
      this.#onProblem(problem, error instanceof Error ? error : null);
      return false;
    }
  }

  async #runStarted(request: CommandRequest, result: CommandResult): Promise<void> {
    await this.#states.waitFor(request.labId, result.labVersion, readableMs);
    const cause = { ...request, causationId: request.id };
    for (const program of await this.#started(request, result)) {
      await this.#run(request.labId, cause, program);
    }
  }

  #run(labId: LabId, cause: Cause, program: Program): Promise<void> {
    const key = `${labId} ${program.host} ${program.containerId}`;
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const run = this.#runNow(labId, cause, program).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, run);
    return run;
  }

  async #runNow(labId: LabId, cause: Cause, { host, containerId }: Program): Promise<void> {
    const lab = (await this.#states.committed(labId))?.lab;
    const labHost = lab?.state === 'active' ? lab.hosts.get(host) : undefined;
    if (lab?.state !== 'active' || labHost === undefined) return;
    const body = endOfStarted({ lab, labId, host: labHost }, containerId);
    if (body === null) return;
    // Whichever process comes first: the others get its answer.
    const id = endIdOf(labId, host, labHost.containers.get(containerId));
    await this.#gate.submit({ ...cause, id, commandText: null, expectedVersion: null, body });
  }

  /**
   * What the command may have started: the containers that run among what it changed. The facts
   * of the commit are read back only where there were too many changes to be told.
   */
  async #started(request: CommandRequest, result: CommandResult): Promise<readonly Program[]> {
    if (result.position === null) return [];
    if (result.effects.length > 0) return runningAmong(result.effects);
    const stop = new AbortController();
    const before = result.labVersion - 1;
    for await (const commit of this.#states.follow(request.labId, before, stop.signal)) {
      stop.abort();
      return commit.events.flatMap(startedBy);
    }
    return [];
  }
}

/** One for each start of a container, whoever makes it up. */
function endIdOf(labId: LabId, host: HostName, container: Container | undefined): CommandId {
  const start = [labId, host, container?.id, container?.processId, container?.startedAt];
  return `end-${sha256(start.join(' ')).slice(0, endIdCharacters)}`;
}

/** A program that was picked up runs on behalf of nobody, as what falls due does. */
function causeOf({ labId, tenantId }: LabVersion, commit: Commit | null): Cause {
  if (commit === null) {
    const actor = { actorId: 'timer', face: 'timer' } as const;
    return { labId, tenantId, ...actor, correlationId: randomUUID(), causationId: null };
  }
  const { actorId, face, correlationId, commandId } = commit;
  return { labId, tenantId, actorId, face, correlationId, causationId: commandId };
}

function runningOf({ lab }: LabVersion): readonly Program[] {
  if (lab.state !== 'active') return [];
  return [...lab.hosts.values()].flatMap(({ name: host, containers }) =>
    [...containers.values()]
      .filter(({ status, ends }) => status === 'running' && ends === null)
      .map(({ id: containerId }) => ({ host, containerId })),
  );
}

/** Whether a program is still to be run, the container itself says. */
const runningAmong = (effects: CommandResult['effects']): readonly Program[] =>
  effects.flatMap((change) =>
    change.table === 'container' && change.op === 'put' && change.row.status === 'running'
      ? [{ host: change.row.host, containerId: change.row.containerId }]
      : [],
  );

const startedBy = (event: LabEvent): Program[] =>
  event.type === 'ContainerStarted' || event.type === 'ContainerUnpaused'
    ? [{ host: event.data.host, containerId: event.data.containerId }]
    : [];
