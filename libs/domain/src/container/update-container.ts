import type { Outcome, Refusal, Resources } from '@netfold/contracts';
import { cannotUpdate } from '../refusal/container.ts';
import type { Container } from '../state/container.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { cpusetProblem, limitWarnings } from './create-options.ts';
import { containerOf } from './named-container.ts';
import { numberIn, resourcesProblem } from './resources.ts';
import { restartPolicyProblem } from './spec-rules.ts';

/** @source moby/moby daemon/update.go ContainerUpdate */
export function updateContainer(work: Work, command: CommandOf<'UpdateContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const { resources, restartPolicy } = command;
  const problem =
    resourcesProblem(resources, 'update') ??
    cpusetProblem(resources) ??
    (restartPolicy === null ? null : restartPolicyProblem(restartPolicy)) ??
    clash(container, command);
  if (problem !== null) return refusedWith(problem);
  const isPolicyGiven = restartPolicy !== null && restartPolicy.name !== '';
  work.emit({
    type: 'ContainerLimitsSet',
    data: {
      host: command.host,
      containerId: container.id,
      resources,
      ...(isPolicyGiven ? { restartPolicy } : {}),
    },
  });
  return answered({ ids: { containerId: container.id }, warnings: limitWarnings(resources) });
}

/** Pairs that exclude each other: what is asked for, and what the container has already. */
const exclusive = [
  ['NanoCpus', 'CpuPeriod', 'Nano CPUs cannot be updated as CPU Period has already been set'],
  ['NanoCpus', 'CpuQuota', 'Nano CPUs cannot be updated as CPU Quota has already been set'],
  ['CpuPeriod', 'NanoCpus', 'CPU Period cannot be updated as NanoCPUs has already been set'],
  ['CpuQuota', 'NanoCpus', 'CPU Quota cannot be updated as NanoCPUs has already been set'],
] as const;

/** @source moby/moby container/container_unix.go UpdateContainer */
function clash(
  { id, spec }: Container,
  { resources, restartPolicy }: CommandOf<'UpdateContainer'>,
): Refusal | null {
  const has: Resources = spec.passThrough.hostConfig as Resources;
  const found = exclusive.find(
    ([asked, held]) => numberIn(resources, asked) > 0 && numberIn(has, held) > 0,
  );
  if (found !== undefined) return cannotUpdate(id, `Conflicting options: ${found[2]}`);
  const memory = numberIn(resources, 'Memory');
  const isBeyondSwap = memory > numberIn(has, 'MemorySwap');
  if (memory !== 0 && isBeyondSwap && numberIn(resources, 'MemorySwap') === 0) {
    return cannotUpdate(
      id,
      'Memory limit should be smaller than already set memoryswap limit, ' +
        'update the memoryswap at the same time',
    );
  }
  const isRestarted = restartPolicy !== null && !['', 'no'].includes(restartPolicy.name);
  return isRestarted && spec.autoRemove
    ? cannotUpdate(
        id,
        'Restart policy cannot be updated because AutoRemove is enabled for the container',
      )
    : null;
}
