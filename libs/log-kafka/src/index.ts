export { InProcessLog } from './in-process/in-process-log.ts';
export type { KafkaLogLine, KafkaSettings } from './kafkajs/kafka-client.ts';
export { KafkaLog } from './kafkajs/kafka-log.ts';
export { batchBytesMax } from './record-limits.ts';
export { RecordRefused, SendFailed, TransportFailed } from './transport.ts';
export type {
  Batch,
  BatchContext,
  BatchHandler,
  ConsumeOptions,
  LogAdmin,
  LogConsumer,
  LogProducer,
  LogRecord,
  LogTransport,
  StoredRecord,
  TopicOffset,
  TopicPartition,
  TopicShape,
  Watermark,
} from './transport.ts';
