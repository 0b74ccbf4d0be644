import { Kafka, logLevel } from 'kafkajs';

export const topics = ['netfold.commands', 'netfold.commits', 'netfold.outcomes'] as const;
export type TopicName = (typeof topics)[number];

/** The client as a pipeline would use it: none of the product's. */
export const newClient = (brokers: readonly string[]): Kafka =>
  new Kafka({
    brokers: [...brokers],
    clientId: 'chaos',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
  });

/** Headers as text. */
export function headersOf(
  headers: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
}
