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
export { MessageInvalid } from './messages/message-invalid.ts';
export type { MessageIdentity } from './messages/message-invalid.ts';
export { commandRecord, commandOf, isSendable } from './messages/command-message.ts';
export type { CommandMessage, CommandSending } from './messages/command-message.ts';
export { commitMessageOf, commitRecord, watermarkRecord } from './messages/commit-message.ts';
export type { CommitMessage, CommitSending } from './messages/commit-message.ts';
export { outcomeOf, outcomeRecord, refusalRecord } from './messages/outcome-message.ts';
export type {
  CommandPlace,
  OutcomeMessage,
  OutcomeSending,
  RememberedMessage,
  UnrememberedMessage,
} from './messages/outcome-message.ts';
export {
  commanderGroup,
  commandTopic,
  commitTopic,
  outcomeTopic,
  projectorGroup,
} from './messages/topics.ts';
export { CommitConsumer } from './projection/commit-consumer.ts';
export type { CommitConsumerOptions } from './projection/commit-consumer.ts';
export { EventualProducer } from './eventual-producer.ts';
export { GatewayKeys, GatewaySeal, newGatewayKey } from './credentials/gateway-seal.ts';
export type { GatewayKeyPair } from './credentials/gateway-seal.ts';
export { gatewayKeysIn, gatewaySealIn } from './credentials/key-files.ts';
export { CommandDesk } from './commands/command-desk.ts';
export type {
  CommandDeskParts,
  DeskCounts,
  DeskProblem,
  Publishers,
} from './commands/command-desk.ts';
export { LabPartitions, partitionOfNewLab } from './commands/lab-partitions.ts';
export { PartitionOwners } from './commands/partition-owners.ts';
export type { OwnedRelay, OwnedWriter, PartitionOwnersParts } from './commands/partition-owners.ts';
export { PublishedCommands } from './commands/published-commands.ts';
export type { PublishedCommandsParts } from './commands/published-commands.ts';
export { TraceMemory } from './commands/trace-memory.ts';
export { Relay } from './relay/relay.ts';
export type { RelayParts } from './relay/relay.ts';
export { isClaimCurrent } from './relay/claim-check.ts';
