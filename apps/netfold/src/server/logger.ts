import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.ts';

/** One JSON line per thing that happened, on standard error; user text is cut and escaped. */
export const makeLogger = ({ logLevel }: Pick<Configuration, 'logLevel'>): Logger =>
  pino(
    {
      level: logLevel,
      base: { program: 'netfold' },
      redact: ['token', 'secret', 'password', '*.password', 'headers.authorization'],
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: true }),
  );
