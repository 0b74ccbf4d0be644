import { pino } from 'pino';
import type { Logger } from 'pino';

/**
 * One JSON line per thing that happened, on standard error; user text is cut and escaped.
 *
 * @param program as it is named in every line
 */
export const makeLogger = (program: string, logLevel: string): Logger =>
  pino(
    {
      level: logLevel,
      base: { program },
      redact: ['token', 'secret', 'password', '*.password', 'headers.authorization'],
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: true }),
  );
