import type { ContainerId, HostName, LabTime } from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { nextDelay } from '../container/restart-policy.ts';
import { getHost } from '../host/change-host.ts';
import { imageOf } from '../image/image-catalogue.ts';
import { processOf } from '../image/main-process.ts';
import type { Container } from '../state/container.ts';
import type { Work } from '../work.ts';

/** Facts of one restart loop within one catch-up; the rest of a long absence is one fact. */
const restartsPerCatchUpMax = 20;

/**
 * Skips the runs of a crash loop that began and ended before an instant: one fact with a count
 * instead of several per run. A program that has to be run to know its end would be told in as
 * many commits as it had runs: it is taken to end as it did last time.
 *
 * @param to  exclusive: the run that goes on then is left to be told in full
 * @param told  runs of this loop that the catch-up has come to, this one included
 * @returns whether anything was skipped
 */
export function skipRuns(
  work: Work,
  at: { readonly hostName: HostName; readonly containerId: ContainerId },
  { to, told }: { readonly to: LabTime; readonly told: number },
): boolean {
  const container = getContainer(getHost(work.lab, at.hostName), at.containerId);
  const { end } = processOf(imageOf(work.lab, container.image), container.spec);
  if (container.restartsAt === null) return false;
  if (end !== null && told <= restartsPerCatchUpMax) return false;
  const runsMin = told > restartsPerCatchUpMax ? 1 : restartsPerCatchUpMax;
  const { name, maximumRetryCount } = container.spec.restartPolicy;
  const isCounted = name === 'on-failure' && maximumRetryCount > 0;
  const left = isCounted ? maximumRetryCount - container.restartCount : Number.POSITIVE_INFINITY;
  const skipped = runsUntil(to, {
    restartsAt: container.restartsAt,
    delayMs: container.restartDelayMs,
    runMs: end?.afterMs ?? lastRunMs(container),
    countMax: left,
  });
  if (skipped.count < runsMin) return false;
  work.emit({
    type: 'ContainerRestarted',
    data: {
      host: at.hostName,
      containerId: at.containerId,
      byPolicy: true,
      count: skipped.count,
      finishedAt: skipped.restartsAt - skipped.delayMs,
      restartsAt: skipped.restartsAt,
      restartDelayMs: skipped.delayMs,
    },
  });
  return true;
}

const lastRunMs = ({ startedAt, finishedAt }: Container): number =>
  Math.max(0, (finishedAt ?? 0) - (startedAt ?? 0));

type Loop = { readonly restartsAt: LabTime; readonly delayMs: number; readonly runMs: number };

/** The waits grow to a constant within a few runs; from there on it is a division. */
function runsUntil(
  to: LabTime,
  loop: Loop & { readonly countMax: number },
): { readonly count: number; readonly restartsAt: LabTime; readonly delayMs: number } {
  let { restartsAt, delayMs } = loop;
  let count = 0;
  while (count < loop.countMax) {
    const nextMs = nextDelay(delayMs, loop.runMs);
    const cycleMs = loop.runMs + nextMs;
    if (restartsAt + cycleMs > to) break;
    const fitting = Math.floor((to - restartsAt) / cycleMs);
    const runs = nextMs === delayMs ? Math.min(fitting, loop.countMax - count) : 1;
    restartsAt += runs * cycleMs;
    delayMs = nextMs;
    count += runs;
  }
  return { count, restartsAt, delayMs };
}
