import type { RefusalClass } from '@netfold/contracts';

/** An answer with a message: what Docker's clients print behind `Error response from daemon:`. */
export class EngineError extends Error {
  readonly refusalClass: RefusalClass;

  constructor(refusalClass: RefusalClass, message: string) {
    super(message);
    this.refusalClass = refusalClass;
  }
}

const statuses: Readonly<Record<RefusalClass, number>> = {
  invalidParameter: 400,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  notModified: 304,
  notImplemented: 501,
  unavailable: 503,
  internal: 500,
};

/**
 * The only place where a class of refusal becomes a status.
 * @source moby/moby v20.10 api/server/httpstatus/status.go
 */
export const statusOf = (refusalClass: RefusalClass): number => statuses[refusalClass];
