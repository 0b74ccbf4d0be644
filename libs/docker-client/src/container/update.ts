import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';
import { limitsOf } from './settings/limits.ts';
import { readRestartPolicy } from './settings/restart-policy.ts';
import { limitChecks } from './settings/run-flags.ts';

const flagNames = [
  'blkio-weight cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus',
  'cpuset-mems kernel-memory memory memory-reservation memory-swap pids-limit restart',
].flatMap((line) => line.split(' '));

/** @source docker/cli v20.10 cli/command/container/update.go */
export const update: Command = {
  words: atLeast(1),
  checks: limitChecks,
  run: ({ engine, flags, out, words }) => {
    if (!flagNames.some((name) => flags.isSet(name))) {
      throw new ClientError('you must provide one or more flags when using this command');
    }
    const body = {
      ...limitsOf(flags),
      RestartPolicy: readRestartPolicy(flags.text('restart')),
    };
    const problems: string[] = [];
    const warnings: string[] = [];
    for (const name of words) {
      try {
        const reply = engine.post(objectPath(`/containers/${name}/update`), {}, body);
        out.line(name);
        warnings.push(...((reply as Updated).Warnings ?? []));
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        problems.push(error.message);
      }
    }
    if (warnings.length > 0) out.line(warnings.join('\n'));
    if (problems.length > 0) throw new ClientError(problems.join('\n'));
  },
};

type Updated = { readonly Warnings: readonly string[] | null };
