export { freePorts } from './free-ports.ts';
export { startKafka } from './kafka-cluster.ts';
export type { Broker, KafkaCluster, KafkaOptions } from './kafka-cluster.ts';
