import type { CommandCall } from './command.ts';

/**
 * What the client's own log says on stderr.
 *
 * @source docker/cli v20.10 vendor/github.com/sirupsen/logrus text_formatter.go, no terminal
 */
export const log = (
  { now, out }: CommandCall,
  level: 'warning' | 'error',
  message: string,
): void => {
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  out.warn(`time="${time}" level=${level} msg=${JSON.stringify(message)}`);
};
