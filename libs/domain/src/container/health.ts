import type {
  HealthcheckSpec,
  HealthProbe,
  HealthStatus,
  LabTime,
  Refusal,
} from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import { specInvalid } from '../refusal/container.ts';
import type { Container, Health, HealthRun } from '../state/container.ts';

/**
 * A container with a health check is starting from its start on. A probe that succeeds makes it
 * healthy, as many that fail in a row as it has retries make it unhealthy; failures within its
 * start period do not count while it is starting. Stopped and paused containers are not checked,
 * and unhealthy from then on; a start begins anew.
 *
 * A fact is made of a probe only where its result or the status is another one. The probes between
 * two facts came to the same as the first of them: `healthAt` counts them.
 */

/** @source moby/moby v20.10 daemon/health.go */
const runsMax = 5;
const defaultWaitMs = 30_000;
const defaultRetries = 3;
const nanosPerMs = 1e6;

/** How the health of a container is checked. */
export type Healthcheck = {
  /** `['CMD-SHELL', 'curl -f localhost']` */
  readonly test: readonly string[];
  /** From the start of the container, and from the end of a probe, to the next one. */
  readonly intervalMs: number;
  /** A probe that takes longer has failed. */
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
};

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** `Config.Healthcheck` of a container, as its client or its image gave it. */
const givenOf = ({ spec }: Pick<Container, 'spec'>): Readonly<Record<string, unknown>> | null => {
  const given = spec.passThrough.config['Healthcheck'];
  return typeof given === 'object' && given !== null
    ? (given as Readonly<Record<string, unknown>>)
    : null;
};

/** @returns `null` for a container whose health nobody checks */
export function healthcheckOf(container: Pick<Container, 'spec'>): Healthcheck | null {
  const given = givenOf(container);
  const test = Array.isArray(given?.['Test']) ? given['Test'].map(String) : [];
  if (given === null || (test[0] !== 'CMD' && test[0] !== 'CMD-SHELL')) return null;
  const msOf = (name: string, usual: number): number =>
    numberOf(given[name]) === 0 ? usual : numberOf(given[name]) / nanosPerMs;
  return {
    test,
    intervalMs: msOf('Interval', defaultWaitMs),
    timeoutMs: msOf('Timeout', defaultWaitMs),
    startPeriodMs: msOf('StartPeriod', 0),
    retries: numberOf(given['Retries']) || defaultRetries,
  };
}

/**
 * `Config.Healthcheck` with what the image says where the client said nothing.
 *
 * @source moby/moby v20.10 daemon/commit.go merge
 */
export function mergedHealthcheck(
  given: unknown,
  image: HealthcheckSpec | undefined,
): Readonly<Record<string, unknown>> | null {
  const own = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const said = own.filter(([, value]) => value !== 0 && value !== null && !isEmptyList(value));
  if (image === undefined) return own.length === 0 ? null : Object.fromEntries(own);
  return { ...healthcheckJson(image), ...Object.fromEntries(said) };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** A health check in the engine's own words. @source moby/moby api/types/container/config.go */
export function healthcheckJson(of: HealthcheckSpec): Readonly<Record<string, unknown>> {
  const { test, intervalNanos, timeoutNanos, startPeriodNanos, retries } = of;
  return {
    Test: test,
    ...(intervalNanos ? { Interval: intervalNanos } : {}),
    ...(timeoutNanos ? { Timeout: timeoutNanos } : {}),
    ...(startPeriodNanos ? { StartPeriod: startPeriodNanos } : {}),
    ...(retries ? { Retries: retries } : {}),
  };
}

const nanosMin = nanosPerMs;

/** @source moby/moby v20.10 daemon/container.go validateHealthCheck */
export function healthcheckProblem(given: unknown): Refusal | null {
  if (typeof given !== 'object' || given === null) return null;
  const of = (name: string): number =>
    numberOf(Object.entries(given).find(([one]) => one === name)?.[1]);
  const isShort = (name: string): boolean => of(name) !== 0 && of(name) < nanosMin;
  const invalid = (what: string): Refusal =>
    specInvalid('HealthcheckInvalid', `${what} in Healthcheck cannot be less than 1ms`);
  if (isShort('Interval')) return invalid('Interval');
  if (isShort('Timeout')) return invalid('Timeout');
  if (of('Retries') < 0) {
    return specInvalid('HealthcheckInvalid', 'Retries in Healthcheck cannot be negative');
  }
  return isShort('StartPeriod') ? invalid('StartPeriod') : null;
}

/** From one probe to the next, when each takes as long. */
const periodOf = ({ intervalMs }: Healthcheck, { at, endsAt }: HealthProbe): number =>
  Math.max(intervalMs + (endsAt - at), 1);

/** The run that goes on: it began after the container did. */
function currentRun({ since, runs }: Health): HealthRun | null {
  const last = runs.at(-1);
  return last !== undefined && since !== null && last.first.at >= since ? last : null;
}

/**
 * When its health is checked next.
 *
 * @param after  exclusive
 * @returns `null` when nobody checks it
 */
export function nextProbeAt(container: Container, after: LabTime): LabTime | null {
  const check = healthcheckOf(container);
  const { health } = container;
  if (check === null || health === null || health.since === null) return null;
  const run = currentRun(health);
  const first = run?.first.at ?? health.since + check.intervalMs;
  if (after < first) return Math.round(first);
  const period = run === null ? Math.max(check.intervalMs, 1) : periodOf(check, run.first);
  const next = first + (Math.floor((after - first) / period) + 1) * period;
  return Math.max(Math.round(next), after + 1);
}

/** What `docker inspect` shows at a moment: status, streak and the last five probes. */
export type ShownHealth = {
  readonly status: HealthStatus;
  readonly failingStreak: number;
  readonly log: readonly HealthProbe[];
};

/** @returns `null` for a container that shows no health */
export function healthAt(container: Container, now: LabTime): ShownHealth | null {
  const { health } = container;
  if (health === null) return null;
  const { status, failingStreak } = health;
  const check = healthcheckOf(container);
  if (check === null) return { status, failingStreak, log: health.runs.map(({ first }) => first) };
  const log: HealthProbe[] = [];
  for (const [index, { first, until }] of health.runs.entries()) {
    const next = health.runs[index + 1]?.first.at ?? Infinity;
    const period = periodOf(check, first);
    // Those that have ended by then, before the next run and before the container stopped.
    const end = Math.min(next - 1, until ?? now, now) - (first.endsAt - first.at);
    const count = Math.max(Math.floor((end - first.at) / period), 0) + 1;
    for (let back = Math.min(count, runsMax) - 1; back >= 0; back -= 1) {
      const laterMs = Math.round((count - 1 - back) * period);
      log.push({ ...first, at: first.at + laterMs, endsAt: first.endsAt + laterMs });
    }
  }
  const shown = log.slice(-runsMax);
  return { status, failingStreak: streakAt(container, { check, health, now }), log: shown };
}

/** Failures in a row, those counted that no fact tells of. */
function streakAt(
  { startedAt }: Container,
  of: { readonly check: Healthcheck; readonly health: Health; readonly now: LabTime },
): number {
  const { check, health, now } = of;
  const run = currentRun(health);
  if (run === null || run.first.exitCode === 0) return health.failingStreak;
  const { first } = run;
  const period = periodOf(check, first);
  const countedFrom = (startedAt ?? 0) + check.startPeriodMs;
  const isLenient = health.status === 'starting';
  const all = Math.floor((now - first.endsAt) / period);
  const lenient = isLenient ? Math.ceil((countedFrom - first.at) / period) - 1 : 0;
  return health.failingStreak + Math.max(all - Math.max(lenient, 0), 0);
}

/** What a probe makes of the health of a running container. */
export function outcomeOf(
  container: Container,
  probe: HealthProbe,
): Pick<ShownHealth, 'status' | 'failingStreak'> {
  const check = healthcheckOf(container);
  const before = healthAt(container, probe.at - 1);
  if (check === null || before === null) return { status: 'starting', failingStreak: 0 };
  if (probe.exitCode === 0) return { status: 'healthy', failingStreak: 0 };
  const { status, failingStreak } = before;
  const isEarly = probe.at - (container.startedAt ?? 0) < check.startPeriodMs;
  if (status === 'starting' && isEarly) return before;
  const streak = failingStreak + 1;
  return { status: streak >= check.retries ? 'unhealthy' : status, failingStreak: streak };
}

/** As a run of the container begins; what earlier ones came to stays in the log. */
export function startingHealth(container: Container, since: LabTime): Health | null {
  if (healthcheckOf(container) === null) return null;
  const runs = container.health?.runs ?? [];
  return { status: 'starting', failingStreak: 0, since, runs };
}

/**
 * Nobody checks it from now on: it is unhealthy.
 * @source moby/moby v20.10 container/health.go CloseMonitorChannel
 */
export function uncheckedHealth({ health }: Container, at: LabTime | null): Health | null {
  if (health === null || health.since === null) return health;
  const last = health.runs.at(-1);
  const ended = last === undefined ? [] : [{ ...last, until: last.until ?? at }];
  const runs = [...health.runs.slice(0, -1), ...ended];
  return { ...health, status: 'unhealthy', since: null, runs };
}

export function probedHealth(
  { health }: Container,
  { status, failingStreak, probe }: DataOf<'ContainerHealthProbed'>,
): Health | null {
  if (health === null) return null;
  const runs = [...health.runs, { first: probe, until: null }].slice(-runsMax);
  return { ...health, status, failingStreak, runs };
}
