import type { LabTime } from '@netfold/contracts';
import type { Container } from '../state/container.ts';

/** @source moby/moby restartmanager/restartmanager.go */
const firstDelayMs = 100;
const delayFactor = 2;
const delayMsMax = 60_000;
/** A run this long proves that the container works: the waits begin anew. */
const provenRunMs = 10_000;

export type Restart = { readonly at: LabTime; readonly delayMs: number };

/**
 * Whether and when the restart policy starts a container again whose process ended by itself.
 *
 * @returns `null`: it stays down
 * @source moby/moby restartmanager/restartmanager.go ShouldRestart
 */
export function restartAfter(
  container: Pick<Container, 'spec' | 'startedAt' | 'restartCount' | 'restartDelayMs'>,
  end: { readonly at: LabTime; readonly exitCode: number },
): Restart | null {
  const { spec, startedAt, restartCount, restartDelayMs } = container;
  if (!isRestarted(spec.restartPolicy, { restartCount, exitCode: end.exitCode })) return null;
  const delayMs = nextDelay(restartDelayMs, end.at - (startedAt ?? end.at));
  return { at: end.at + delayMs, delayMs };
}

/** The wait after a run of that length, when the one before waited that long. */
export function nextDelay(delayMs: number, runMs: number): number {
  if (runMs >= provenRunMs || delayMs === 0) return firstDelayMs;
  return Math.min(delayMs * delayFactor, delayMsMax);
}

function isRestarted(
  policy: Container['spec']['restartPolicy'],
  last: { readonly restartCount: number; readonly exitCode: number },
): boolean {
  if (policy.name === 'always' || policy.name === 'unless-stopped') return true;
  if (policy.name !== 'on-failure' || last.exitCode === 0) return false;
  const { maximumRetryCount } = policy;
  return maximumRetryCount === 0 || last.restartCount < maximumRetryCount;
}
