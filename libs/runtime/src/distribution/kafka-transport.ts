import { KafkaLog } from '@netfold/log-kafka';
import type { Logger } from 'pino';

/** Kafka as the services reach it; what its client says goes to the log. */
export const kafkaTransport = (
  of: { readonly kafka: readonly string[]; readonly instance: string },
  logger: Logger,
): KafkaLog =>
  new KafkaLog({
    brokers: of.kafka,
    clientId: of.instance,
    onLog: ({ level, message, fields }) => {
      logger[level === 'info' ? 'debug' : level](fields, `kafka: ${message}`);
    },
  });
