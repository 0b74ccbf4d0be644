import { oneBroker } from './one-broker.ts';

/** The last line before 4.0, which dropped old versions of the protocol that kafkajs speaks. */
const olderKafka = '3.9.2';

oneBroker(olderKafka);
