import { randomUUID } from 'node:crypto';
import type { ContainerId, HealthProbe, HostName, LabEvent, LabId } from '@netfold/contracts';
import type { Commit } from '@netfold/contracts';
import { nextProbeAt } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import type { CommandRequest } from '../command-request.ts';
import type { Cancel, Timers } from '../environment/timers.ts';
import { sha256 } from '../hashing/commit-hash.ts';
import type { FoldedLabs } from '../labs/folded-labs.ts';
import type { CommandGate, LabFold } from '../lab-states.ts';
import { isNews, probeAt } from './health-probe.ts';
import type { ProbePlace } from './health-probe.ts';

/** A container is not looked at more often, however short its interval. */
const pauseMsMin = 100;
/** Probes of one container that one look makes up for; behind those the lab's state is enough. */
const probesPerLookMax = 64;
const idCharacters = 32;

type Checked = { readonly host: HostName; readonly containerId: ContainerId };

/** A run of a container whose health is checked. */
type Watched = Checked & {
  readonly processId: number;
  /** Up to where nothing new was found. */
  seenTo: number;
  cancel: Cancel;
};

type Found = { readonly place: ProbePlace; readonly container: Container };

/**
 * Runs the health checks of the containers that labs in memory hold, each at its instant of the
 * lab's clock. Only a probe with news becomes a fact (`ReportHealth`): a container that stays as
 * it is costs the log nothing. A lab that was not in memory is caught up with when it is loaded.
 */
export class HealthChecks {
  readonly #gate: CommandGate;
  readonly #timers: Timers;
  readonly #clock: () => number;
  readonly #onProblem: (problem: string, cause: Error | null) => void;
  readonly #folds = new Map<LabId, LabFold>();
  readonly #watched = new Map<LabId, Map<ContainerId, Watched>>();

  constructor(parts: {
    readonly gate: CommandGate;
    readonly timers: Timers;
    readonly clock: () => number;
    readonly onProblem?: (problem: string, cause: Error | null) => void;
  }) {
    this.#gate = parts.gate;
    this.#timers = parts.timers;
    this.#clock = parts.clock;
    this.#onProblem = parts.onProblem ?? (() => {});
  }

  watch(labs: Pick<FoldedLabs, 'listen'>): void {
    labs.listen({
      folded: (fold, commit) => this.#folded(fold, commit),
      forgotten: (labId) => this.#forget(labId),
    });
  }

  #folded(fold: LabFold, commit: Commit | null): void {
    const { labId } = fold;
    const begun = (commit === null ? runningOf(fold) : commit.events.flatMap(begunBy)).filter(
      (one) => isChecked(fold, one),
    );
    if (begun.length === 0 && !this.#watched.has(labId)) return;
    this.#folds.set(labId, fold);
    for (const one of begun) this.#begin(fold, one);
    // The lab's clock was put forward: what fell due in it is not waited for.
    if (fold.labTime > this.#clock()) this.#timers.soon(() => this.#lookAtAll(labId));
  }

  #forget(labId: LabId): void {
    for (const { cancel } of this.#watched.get(labId)?.values() ?? []) cancel();
    this.#watched.delete(labId);
    this.#folds.delete(labId);
  }

  #begin(fold: LabFold, one: Checked): void {
    const found = findIn(fold, one);
    if (found === null) return;
    const { health, processId } = found.container;
    const all = this.#watched.get(fold.labId) ?? new Map<ContainerId, Watched>();
    this.#watched.set(fold.labId, all);
    all.get(one.containerId)?.cancel();
    const seenTo = health?.runs.at(-1)?.first.endsAt ?? 0;
    const watched = { ...one, processId, seenTo, cancel: () => {} };
    watched.seenTo = Math.max(seenTo, (health?.since ?? 0) - 1);
    all.set(one.containerId, watched);
    this.#lookLater(fold.labId, watched, this.#dueOf(found, watched));
  }

  #dueOf({ container }: Found, { seenTo }: Watched): number {
    return nextProbeAt(container, seenTo) ?? Infinity;
  }

  #lookLater(labId: LabId, watched: Watched, at: number): void {
    if (at === Infinity) return;
    const delayMs = Math.max(at - this.#clock(), pauseMsMin);
    watched.cancel = this.#timers.after(delayMs, () => void this.#look(labId, watched));
  }

  #lookAtAll(labId: LabId): void {
    for (const watched of this.#watched.get(labId)?.values() ?? []) {
      watched.cancel();
      void this.#look(labId, watched);
    }
  }

  async #look(labId: LabId, watched: Watched): Promise<void> {
    const fold = this.#folds.get(labId);
    const all = this.#watched.get(labId);
    if (fold === undefined || all?.get(watched.containerId) !== watched) return;
    const found = findIn(fold, watched);
    if (found?.container.processId !== watched.processId || !isChecked(fold, watched)) {
      this.#end(labId, watched);
      return;
    }
    const { news, next } = this.#newsOf(found, watched, Math.max(this.#clock(), fold.labTime));
    if (news !== null) await this.#report(fold, watched, news);
    this.#lookLater(labId, watched, news === null ? next : this.#clock() + pauseMsMin);
  }

  #end(labId: LabId, { containerId }: Watched): void {
    const all = this.#watched.get(labId);
    all?.delete(containerId);
    if (all?.size === 0) this.#forget(labId);
  }

  /** The first probe that tells something new, of those that have ended; else when to look next. */
  #newsOf(
    found: Found,
    watched: Watched,
    now: number,
  ): { readonly news: HealthProbe | null; readonly next: number } {
    const { place, container } = found;
    for (let count = 0; ; count += 1) {
      const due = this.#dueOf(found, watched);
      if (due > now) return { news: null, next: due };
      const isFar = count >= probesPerLookMax;
      const probe = probeAt(place, container, isFar ? now : due);
      if (probe === null) return { news: null, next: Infinity };
      if (probe.endsAt > now) return { news: null, next: probe.endsAt };
      if (isNews(container, probe)) return { news: probe, next: due };
      watched.seenTo = probe.at;
    }
  }

  async #report(fold: LabFold, watched: Watched, probe: HealthProbe): Promise<void> {
    try {
      await this.#gate.submit(requestOf(fold, watched, probe));
      watched.seenTo = probe.endsAt;
    } catch (error) {
      const problem = `a health check in lab ${fold.labId} could not be written`;
      this.#onProblem(problem, error instanceof Error ? error : null);
    }
  }
}

function requestOf(
  { labId, tenantId }: LabFold,
  { host, containerId, processId }: Watched,
  probe: HealthProbe,
): CommandRequest {
  // Whichever process comes first: the others get its answer.
  const about = [labId, host, containerId, processId, JSON.stringify(probe)].join(' ');
  return {
    id: `health-${sha256(about).slice(0, idCharacters)}`,
    labId,
    tenantId,
    actorId: 'timer',
    face: 'timer',
    commandText: null,
    correlationId: randomUUID(),
    causationId: null,
    expectedVersion: null,
    body: { type: 'ReportHealth', host, container: containerId, processId, probe },
  };
}

function findIn({ lab, labId }: LabFold, { host: name, containerId }: Checked): Found | null {
  const host = lab.state === 'active' ? lab.hosts.get(name) : undefined;
  const container = host?.containers.get(containerId);
  if (lab.state !== 'active' || host === undefined || container === undefined) return null;
  return { place: { lab, labId, host }, container };
}

const isChecked = (fold: LabFold, one: Checked): boolean => {
  const health = findIn(fold, one)?.container.health;
  return health !== null && health !== undefined && health.since !== null;
};

function runningOf({ lab }: LabFold): readonly Checked[] {
  if (lab.state !== 'active') return [];
  return [...lab.hosts.values()].flatMap(({ name: host, containers }) =>
    [...containers.keys()].map((containerId) => ({ host, containerId })),
  );
}

const begunBy = (event: LabEvent): Checked[] =>
  event.type === 'ContainerStarted' || event.type === 'ContainerUnpaused'
    ? [{ host: event.data.host, containerId: event.data.containerId }]
    : [];
