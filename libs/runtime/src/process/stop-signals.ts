/** The whole of a clean stop takes no longer; then the process ends as if it were killed. */
const drainMsUsual = 15_000;

/**
 * Runs `drain` at the first SIGINT or SIGTERM, or when the supervisor is gone, and ends the
 * process: 0 after a clean stop, 1 when it took too long, failed, or was asked for a second time.
 */
export function stopOnSignals(
  drain: (reason: string) => Promise<void>,
  drainMsMax = drainMsUsual,
): void {
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), drainMsMax).unref();
    drain(reason).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // A supervisor that is gone cannot stop its services any more.
  process.on('disconnect', () => stop('disconnect'));
  // It went while this process was starting.
  if ('connected' in process && !process.connected) stop('disconnect');
}
