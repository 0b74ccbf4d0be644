import { z } from 'zod';
import type { Setting } from './settings.ts';

/** Where the data of this process is. */
export const dataFolderSetting = (fallback: string) =>
  ({
    flag: 'data',
    variable: 'NETFOLD_DATA',
    fallback,
    schema: z.string().min(1, 'is a path').max(4096),
    expected: 'a path',
  }) as const satisfies Setting;

/** @param fallback 0 picks a free one */
export const portSetting = (fallback: number) =>
  ({
    flag: 'port',
    variable: 'NETFOLD_PORT',
    fallback,
    schema: z.coerce.number().int().min(0).max(65_535),
    expected: 'a number from 0 to 65535',
  }) as const satisfies Setting;

export const addressSetting = {
  flag: 'address',
  variable: 'NETFOLD_ADDRESS',
  fallback: '127.0.0.1',
  schema: z.enum(['127.0.0.1', '::1']),
  expected: '127.0.0.1 or ::1: the local service listens on loopback only',
} as const satisfies Setting;

export const logLevelSetting = {
  flag: 'log-level',
  variable: 'NETFOLD_LOG_LEVEL',
  fallback: 'info',
  schema: z.enum(['error', 'warn', 'info', 'debug']),
  expected: 'error, warn, info or debug',
} as const satisfies Setting;

/** The form of a URL that leads to a database. */
export const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//);
