import { randomUUID } from 'node:crypto';
import type { CommandBody, HostName, LabEvent } from '@netfold/contracts';
import type { CommandRequest, CommandResult } from '../command-request.ts';
import type { CommandGate, LabStates } from '../lab-states.ts';
import { endOfStarted } from './main-process.ts';

/** How long the facts of a start are waited for before its program runs. */
const readableMs = 10_000;

/** Commands that can start a container. */
const starting: readonly CommandBody['type'][] = [
  'StartContainer',
  'RestartContainer',
  'ApplyBatch',
  'UnpauseContainer',
  'AdvanceTime',
];

/**
 * A gate that also runs the programs of the containers it starts: `docker run alpine ip addr`
 * ends as soon as its start is committed. Every face goes through it, so that it is the same for
 * all of them; the facts are commits of their own, caused by the command that started them.
 */
export class ProcessGate implements CommandGate {
  readonly #gate: CommandGate;
  readonly #states: LabStates;
  readonly #clock: () => number;

  constructor(parts: {
    readonly gate: CommandGate;
    readonly states: LabStates;
    readonly clock: () => number;
  }) {
    this.#gate = parts.gate;
    this.#states = parts.states;
    this.#clock = parts.clock;
  }

  async submit(request: CommandRequest): Promise<CommandResult> {
    const result = await this.#gate.submit(request);
    const isDone = result.outcome.kind === 'accepted' && !result.isRepeat;
    if (isDone && starting.includes(request.body.type)) await this.#runStarted(request, result);
    return result;
  }

  async #runStarted(request: CommandRequest, result: CommandResult): Promise<void> {
    const { labId } = request;
    await this.#states.waitFor(labId, result.labVersion, readableMs);
    for (const { host, containerId } of await this.#started(request, result)) {
      const found = await this.#states.committed(labId);
      const lab = found?.lab;
      const labHost = lab?.state === 'active' ? lab.hosts.get(host) : undefined;
      if (lab?.state !== 'active' || labHost === undefined) return;
      const place = { lab, labId, host: labHost, now: this.#clock() };
      const body = endOfStarted(place, containerId);
      if (body === null) continue;
      await this.#gate.submit({
        ...request,
        id: randomUUID(),
        commandText: null,
        causationId: request.id,
        expectedVersion: null,
        body,
      });
    }
  }

  /** The starts among the facts of the commit. */
  async #started(
    request: CommandRequest,
    result: CommandResult,
  ): Promise<readonly StartedContainer[]> {
    if (result.position === null) return [];
    const stop = new AbortController();
    const before = result.labVersion - 1;
    for await (const commit of this.#states.follow(request.labId, before, stop.signal)) {
      stop.abort();
      return commit.events.flatMap(startedBy);
    }
    return [];
  }
}

type StartedContainer = Pick<
  Extract<LabEvent, { type: 'ContainerStarted' }>['data'],
  'host' | 'containerId'
> & { readonly host: HostName };

const startedBy = (event: LabEvent): StartedContainer[] =>
  event.type === 'ContainerStarted'
    ? [{ host: event.data.host, containerId: event.data.containerId }]
    : [];
