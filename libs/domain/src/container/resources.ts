import type { Refusal } from '@netfold/contracts';
import { specInvalid } from '../refusal/container.ts';

/** Processors of a lab host. */
const processorCount = 2;
const memoryBytesMin = 6_291_456;

/** A limit that is a number; 0 when it is not set. */
export function numberIn(resources: Readonly<Record<string, unknown>>, name: string): number {
  const value = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return typeof value === 'number' ? value : 0;
}

/** An option that is a text; empty when it is not set. */
export function textIn(options: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(options, name) ? options[name] : undefined;
  return typeof value === 'string' ? value : '';
}

type Rule = readonly [isBroken: (of: (name: string) => number) => boolean, message: string];

const rules: readonly Rule[] = [
  [
    (of) => of('Memory') !== 0 && of('Memory') < memoryBytesMin,
    'Minimum memory limit allowed is 6MB',
  ],
  [
    (of) => of('Memory') > 0 && of('MemorySwap') > 0 && of('MemorySwap') < of('Memory'),
    'Minimum memoryswap limit should be larger than memory limit, see usage',
  ],
  [
    (of) => of('MemoryReservation') > 0 && of('MemoryReservation') < memoryBytesMin,
    'Minimum memory reservation allowed is 6MB',
  ],
  [
    (of) =>
      of('Memory') > 0 && of('MemoryReservation') > 0 && of('Memory') < of('MemoryReservation'),
    'Minimum memory limit can not be less than memory reservation limit, see usage',
  ],
  [
    (of) => of('KernelMemory') > 0 && of('KernelMemory') < memoryBytesMin,
    'Minimum kernel memory limit allowed is 6MB',
  ],
  [
    (of) => of('NanoCpus') > 0 && of('CpuPeriod') > 0,
    'Conflicting options: Nano CPUs and CPU Period cannot both be set',
  ],
  [
    (of) => of('NanoCpus') > 0 && of('CpuQuota') > 0,
    'Conflicting options: Nano CPUs and CPU Quota cannot both be set',
  ],
  [
    (of) => of('NanoCpus') < 0 || of('NanoCpus') > processorCount * 1e9,
    `Range of CPUs is from 0.01 to ${processorCount}.00, ` +
      `as there are only ${processorCount} CPUs available`,
  ],
  [
    (of) => of('CpuPeriod') !== 0 && (of('CpuPeriod') < 1_000 || of('CpuPeriod') > 1_000_000),
    'CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)',
  ],
  [
    (of) => of('CpuQuota') > 0 && of('CpuQuota') < 1_000,
    'CPU cfs quota can not be less than 1ms (i.e. 1000)',
  ],
  [
    (of) => of('BlkioWeight') > 0 && (of('BlkioWeight') < 10 || of('BlkioWeight') > 1_000),
    'Range of blkio weight is from 10 to 1000',
  ],
];

const swapAlone: Rule = [
  (of) => of('Memory') === 0 && of('MemorySwap') > 0,
  'You should always set the Memory limit when using Memoryswap limit, see usage',
];

/**
 * What a container's limits are refused for.
 *
 * @source moby/moby daemon/daemon_unix.go verifyPlatformContainerResources; recorded engine
 */
export function resourcesProblem(
  resources: Readonly<Record<string, unknown>>,
  occasion: 'create' | 'update',
): Refusal | null {
  const of = (name: string): number => numberIn(resources, name);
  const all = occasion === 'create' ? [...rules.slice(0, 2), swapAlone, ...rules.slice(2)] : rules;
  const broken = all.find(([isBroken]) => isBroken(of));
  return broken === undefined ? null : specInvalid('ResourceLimitInvalid', broken[1]);
}
