import { KafkaLog } from '@netfold/log-kafka';
import type { Logger } from 'pino';

/** Kafka as the services reach it; what its client says goes to the log. */
export const kafkaTransport = (
  of: {
    readonly kafka: readonly string[];
    readonly instance: string;
    /** Of whoever is a member of a group. */
    readonly kafkaSessionMs?: number;
  },
  logger: Logger,
): KafkaLog =>
  new KafkaLog({
    brokers: of.kafka,
    clientId: of.instance,
    ...(of.kafkaSessionMs === undefined ? {} : { sessionTimeoutMs: of.kafkaSessionMs }),
    onLog: ({ level, message, fields }) => {
      // Of refused requests, its callers tell; a group that moves partitions is no error.
      const isRoutine = level === 'info' || fields['namespace'] === 'Connection';
      logger[isRoutine ? 'debug' : level](fields, `kafka: ${message}`);
    },
  });
