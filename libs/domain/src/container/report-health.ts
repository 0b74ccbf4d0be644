import type { Outcome } from '@netfold/contracts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { outcomeOf } from './health.ts';
import { containerOf } from './named-container.ts';

const outputMax = 4_096;

/**
 * Whoever runs the programs of a lab says what a health check came to. A second word about the
 * same probe, and one about an earlier run of the container, change nothing.
 *
 * @source moby/moby v20.10 daemon/health.go handleProbeResult
 */
export function reportHealth(work: Work, command: CommandOf<'ReportHealth'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const { status, processId, health } = container;
  const since = health?.since ?? null;
  if (status !== 'running' || processId !== command.processId || since === null) return answered();
  const last = health?.runs.at(-1)?.first.endsAt ?? since;
  const { probe } = command;
  if (probe.at < Math.max(since, last) || probe.endsAt < probe.at) return answered();
  const output =
    probe.output.length > outputMax ? `${probe.output.slice(0, outputMax)}...` : probe.output;
  work.emit({
    type: 'ContainerHealthProbed',
    data: {
      host: command.host,
      containerId: container.id,
      execId: work.draw.hex64(),
      probe: { ...probe, output },
      ...outcomeOf(container, probe),
    },
  });
  return answered();
}
