import type { LabTime } from '@netfold/contracts';
import type { Container } from '../state/container.ts';

const secondMs = 1_000;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * What `docker ps` shows as the status of a container that is not up.
 *
 * @source moby/moby container/state.go String
 */
export function describeState(container: Container, now: LabTime): string {
  const { startedAt, finishedAt, exitCode } = container;
  if (startedAt === null) return 'Created';
  if (finishedAt === null) return '';
  return `Exited (${exitCode}) ${humanDuration(now - finishedAt)} ago`;
}

/** @source docker/go-units duration.go HumanDuration */
function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / secondMs);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < minute) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / minute);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / hour + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  if (hours < (day / hour) * 365 * 2) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(days / 365)} years`;
}
