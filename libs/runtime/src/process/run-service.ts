import type { Logger } from 'pino';
import { stopOnSignals } from './stop-signals.ts';

export type Service = {
  /** Resolves, with the reason, when the service cannot go on. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
};

/** What failed is not waited for long: a kill is as safe. */
const failedStopMsMax = 2_000;

/** Lets a started service go on until a signal, or until it fails: then the process ends with 1. */
export function runService(service: Service, logger: Logger): void {
  stopOnSignals(async (reason) => {
    logger.info({ reason }, 'stopping');
    await service.stop();
  });
  void service.failed.then(async (problem) => {
    logger.error({ problem }, 'cannot go on');
    setTimeout(() => process.exit(1), failedStopMsMax);
    await service.stop();
    process.exit(1);
  });
}
