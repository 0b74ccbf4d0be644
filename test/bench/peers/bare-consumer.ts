import { textArray } from '@netfold/log-postgres';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { insertWithRows } from '../netfold/single-inserts.ts';
import type { CommandRows } from '../netfold/single-inserts.ts';
import type { BareSettings } from './bare-pipeline.ts';

/**
 * The consuming half of the bare pipeline, as the documentation of kafkajs has it: each message is
 * one insert, partitions at the same time, offsets committed by kafkajs.
 */
const [argument = '{}'] = process.argv.slice(2);
const { broker, connection, topic, partitions } = JSON.parse(argument) as BareSettings;
const pool = new pg.Pool({ ...connection, max: partitions });
const kafka = new Kafka({ brokers: [broker], clientId: 'bare', logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: topic });
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
consumer.on(consumer.events.GROUP_JOIN, () => process.stdout.write('consumes\n'));
await consumer.run({
  partitionsConsumedConcurrently: partitions,
  eachMessage: async ({ message }) => {
    const { values, changes } = JSON.parse(message.value?.toString() ?? '') as CommandRows;
    await pool.query({
      name: 'with rows',
      text: insertWithRows,
      values: [...values, textArray(changes)],
    });
  },
});
process.once('SIGTERM', () => {
  void consumer
    .disconnect()
    .then(() => pool.end())
    .then(() => process.exit(0));
});
