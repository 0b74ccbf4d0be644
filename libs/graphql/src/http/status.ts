import type { FailureCode } from '../failure/failure.ts';

/** HTTP statuses of requests that were not carried out; one that was is 200, errors or not. */
const statusByCode: Partial<Readonly<Record<FailureCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  HOST_NOT_ALLOWED: 403,
  ORIGIN_NOT_ALLOWED: 403,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  LOG_UNAVAILABLE: 503,
  COMMANDS_UNAVAILABLE: 503,
  WRITER_OVERLOADED: 503,
  SERVER_STOPPING: 503,
  STORE_UNAVAILABLE: 503,
  TIMEOUT: 504,
};

export const statusOf = (code: FailureCode): number => statusByCode[code] ?? 400;
