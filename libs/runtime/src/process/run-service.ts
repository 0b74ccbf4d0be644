import type { Logger } from 'pino';
import { stopOnSignals } from './stop-signals.ts';

export type Service = {
  /** Resolves, with the reason, when the service cannot go on. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
};

/** What failed is not waited for long: a kill is as safe. */
const failedStopMsMax = 2_000;

/**
 * Starts a service and lets it go on until a signal, or until it fails: then the process ends with
 * 1. A signal, or the end of the supervisor, also ends one that still waits for what it needs.
 *
 * @throws what `start` throws
 */
export async function runService<S extends Service>(
  start: () => Promise<S>,
  logger: Logger,
): Promise<S> {
  let running: S | null = null;
  stopOnSignals(async (reason) => {
    logger.info({ reason }, 'stopping');
    await running?.stop();
  });
  const service = await start();
  running = service;
  void service.failed.then(async (problem) => {
    logger.error({ problem }, 'cannot go on');
    setTimeout(() => process.exit(1), failedStopMsMax);
    await service.stop();
    process.exit(1);
  });
  return service;
}
