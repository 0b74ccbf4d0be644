import type { ContainerId, HostName, LabTime } from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { endByItself } from '../container/end-process.ts';
import { start } from '../container/start-container.ts';
import { getHost } from '../host/change-host.ts';
import type { Lab } from '../state/lab.ts';
import type { Work } from '../work.ts';
import { at } from '../work.ts';
import { skipRuns } from './crash-loop.ts';

/** A lab that slept long wakes up in bounded time; what is left falls due again at once. */
const stepsPerCatchUpMax = 5_000;

type Due = {
  readonly hostName: HostName;
  readonly containerId: ContainerId;
  readonly at: LabTime;
};

/**
 * Lets happen what fell due until then, in due order and dated with its due instant: a late
 * wake-up and a punctual one give the same facts.
 */
export function advanceTo(work: Work, to: LabTime): void {
  const restarts = new Map<ContainerId, number>();
  for (let step = 0; step < stepsPerCatchUpMax; step += 1) {
    const due = nextDue(work.lab);
    if (due === null || due.at > to) return;
    happen(work, due, { to, restarts });
  }
}

/** The next instant at which something happens by itself; `null`: nothing will. */
export function dueAt(lab: Lab): LabTime | null {
  return nextDue(lab)?.at ?? null;
}

function nextDue(lab: Lab): Due | null {
  if (lab.state !== 'active') return null;
  let next: Due | null = null;
  for (const host of lab.hosts.values()) {
    for (const [containerId, instant] of host.due.entries()) {
      if (next === null || instant < next.at) {
        next = { hostName: host.name, containerId, at: instant };
      }
    }
  }
  return next;
}

function happen(
  work: Work,
  due: Due,
  catchUp: { readonly to: LabTime; readonly restarts: Map<ContainerId, number> },
): void {
  const { hostName, containerId } = due;
  const then = at(work, due.at);
  const { ends, restartsAt } = getContainer(getHost(work.lab, hostName), containerId);
  if (restartsAt === null) {
    if (ends !== null) endByItself(then, { hostName, containerId }, { ...ends, at: due.at });
    return;
  }
  const told = (catchUp.restarts.get(containerId) ?? 0) + 1;
  catchUp.restarts.set(containerId, told);
  if (skipRuns(then, { hostName, containerId }, { to: catchUp.to, told })) return;
  restart(then, hostName, containerId);
}

/** A start that fails leaves the container down, as any failed start does. */
function restart(work: Work, hostName: HostName, containerId: ContainerId): void {
  if (start(work, hostName, containerId) !== null) return;
  work.emit({
    type: 'ContainerRestarted',
    data: { host: hostName, containerId, byPolicy: true },
  });
}
