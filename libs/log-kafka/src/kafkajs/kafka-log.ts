import type {
  BatchHandler,
  ConsumeOptions,
  LogAdmin,
  LogConsumer,
  LogProducer,
  LogTransport,
} from '../transport.ts';
import { KafkaAdmin } from './kafka-admin.ts';
import type { KafkaSettings } from './kafka-client.ts';
import { KafkaConsumer } from './kafka-consumer.ts';
import { KafkaProducer } from './kafka-producer.ts';

/** Apache Kafka, by way of kafkajs; nothing of it shows. */
export class KafkaLog implements LogTransport {
  readonly #settings: KafkaSettings;

  constructor(settings: KafkaSettings) {
    this.#settings = settings;
  }

  producer(): Promise<LogProducer> {
    return KafkaProducer.connect(this.#settings);
  }

  consume(options: ConsumeOptions, handler: BatchHandler): Promise<LogConsumer> {
    return KafkaConsumer.join(this.#settings, options, handler);
  }

  admin(): Promise<LogAdmin> {
    return KafkaAdmin.connect(this.#settings);
  }
}
