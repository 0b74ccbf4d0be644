import type { HealthProbe, LabId, LabTime } from '@netfold/contracts';
import { goDuration, healthAt, healthcheckOf, outcomeOf } from '@netfold/domain';
import type { ActiveLab, Container, Healthcheck, LabHost } from '@netfold/domain';
import { asContainer, containerWorld, noInput } from '@netfold/tooltext';
import type { ToolWorld } from '@netfold/tooltext';
import { runProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';

/** What the runtime could not start ends with. @source moby/moby v20.10 daemon/health.go */
const failedExitCode = -1;
const nanosPerMs = 1e6;
const defaultShell = ['/bin/sh', '-c'];

export type ProbePlace = {
  readonly lab: ActiveLab;
  readonly labId: LabId;
  readonly host: LabHost;
};

/** Runs the health check of a running container as it would come out at an instant. */
export function probeAt(place: ProbePlace, container: Container, at: LabTime): HealthProbe | null {
  const check = healthcheckOf(container);
  if (check === null) return null;
  const argv = argvOf(container, check);
  const world = containerWorld({ ...place, now: at }, container, asContainer);
  const run = runProgram(world, argv, noInput);
  if (run === null) {
    const output =
      'OCI runtime exec failed: exec failed: unable to start container process: ' +
      `exec: "${argv[0] ?? ''}": ${missing(world, argv[0] ?? '')}: unknown`;
    return { at, endsAt: at, exitCode: failedExitCode, output };
  }
  const isLate = run.durationMs === null || run.durationMs > check.timeoutMs;
  if (isLate) return late(run, check, at);
  const output = run.pieces.map(({ text }) => text).join('');
  return { at, endsAt: at + (run.durationMs ?? 0), exitCode: run.exitCode, output };
}

function argvOf({ spec }: Container, { test }: Healthcheck): readonly string[] {
  const [kind, ...words] = test;
  if (kind === 'CMD') return words;
  const shell = spec.passThrough.config['Shell'];
  const own = Array.isArray(shell) && shell.length > 0 ? shell.map(String) : defaultShell;
  return [...own, ...words];
}

/** @source golang/go os/exec LookPath; recorded engine */
function missing(world: ToolWorld, name: string): string {
  if (!name.includes('/')) return 'executable file not found in $PATH';
  const isThere = world.listDirectory(name) !== null || world.readFile(name) !== null;
  return isThere ? 'permission denied' : `stat ${name}: no such file or directory`;
}

function late(run: ProgramRun, { timeoutMs }: Healthcheck, at: LabTime): HealthProbe {
  const printed = run.pieces
    .filter(({ atMs = 0 }) => atMs <= timeoutMs)
    .map(({ text }) => text)
    .join('');
  const said = `Health check exceeded timeout (${goDuration(timeoutMs * nanosPerMs)})`;
  const output = printed === '' ? said : `${said}: ${printed}`;
  return { at, endsAt: Math.round(at + timeoutMs), exitCode: failedExitCode, output };
}

/**
 * Whether a probe is a fact: it ended with something else than the one before, it failed and
 * printed something else, or another status follows.
 */
export function isNews(container: Container, probe: HealthProbe): boolean {
  const before = healthAt(container, probe.at - 1);
  const last = before?.log.at(-1);
  const isFirst = last === undefined || last.at < (container.health?.since ?? 0);
  if (isFirst || last.exitCode !== probe.exitCode) return true;
  if (probe.exitCode !== 0 && last.output !== probe.output) return true;
  return outcomeOf(container, probe).status !== before?.status;
}
