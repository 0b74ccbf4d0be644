import { ClientError } from '../../command/client-error.ts';
import type { Flags } from '../../command/flags.ts';
import { readDuration } from '../../value/duration.ts';

/**
 * The health check of a new container, durations in nanoseconds; `null`: none is asked for.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/container/opts.go parse
 */
export const healthcheckOf = (flags: Flags): Readonly<Record<string, unknown>> | null => {
  const command = flags.text('health-cmd');
  const numbers = {
    Interval: readDuration(flags.text('health-interval', '0')),
    Timeout: readDuration(flags.text('health-timeout', '0')),
    StartPeriod: readDuration(flags.text('health-start-period', '0')),
    Retries: flags.number('health-retries'),
  };
  const isAsked = command !== '' || Object.values(numbers).some((one) => one !== 0);
  if (flags.isOn('no-healthcheck')) {
    if (isAsked) throw new ClientError('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  if (!isAsked) return null;
  const { Interval, Timeout, StartPeriod, Retries } = numbers;
  refuseNegative('interval', Interval);
  refuseNegative('timeout', Timeout);
  refuseNegative('retries', Retries);
  refuseNegative('start-period', StartPeriod);
  return {
    ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }),
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0)),
  };
};

const refuseNegative = (name: string, value: number): void => {
  if (value < 0) throw new ClientError(`--health-${name} cannot be negative`);
};
