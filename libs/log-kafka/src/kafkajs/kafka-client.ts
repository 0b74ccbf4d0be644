import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import { stopIdleSpin } from './idle-spin.ts';
import { beatWhileFetching } from './throttled-fetch.ts';

export type KafkaSettings = {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** What the client has to say about connections and groups, one line per thing that happened. */
  readonly onLog: (line: KafkaLogLine) => void;
  /** How long the broker keeps a silent member in its group. */
  readonly sessionTimeoutMs?: number;
  /** How long a request waits for its reply before it counts as lost. */
  readonly requestTimeoutMs?: number;
};

export type KafkaLogLine = {
  readonly level: 'error' | 'warn' | 'info';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

export const sessionTimeoutMsDefault = 10_000;
export const requestTimeoutMsDefault = 5_000;
const connectionTimeoutMs = 3_000;

/**
 * About six seconds in all, then an error: a caller waits no longer for a broker that is away, and
 * an instance that never gave up could send its records after others took over. With a broker that
 * hangs, each attempt also takes the time of a request.
 */
export const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 } as const;

/** A client of its own for each producer and consumer: kafkajs shares offsets within one. */
export function newKafka(settings: KafkaSettings): Kafka {
  stopIdleSpin();
  beatWhileFetching();
  return new Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: settings.requestTimeoutMs ?? requestTimeoutMsDefault,
    retry,
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => {
      settings.onLog(lineOf(entry));
    },
  });
}

function lineOf({ level, log, namespace }: LogEntry): KafkaLogLine {
  const { message, timestamp: _, logger: __, ...fields } = log;
  const names = { [logLevel.ERROR]: 'error', [logLevel.WARN]: 'warn' } as const;
  const name = level === logLevel.ERROR || level === logLevel.WARN ? names[level] : 'info';
  return { level: name, message, fields: { ...fields, namespace } };
}
