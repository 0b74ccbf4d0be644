import { hostname } from 'node:os';
import { partitionsMax } from '@netfold/application';
import { z } from 'zod';
import type { Setting } from './settings.ts';

/** Where the data of this process is. */
export const dataFolderSetting = (fallback: string) =>
  ({
    flag: 'data',
    variable: 'NETFOLD_DATA',
    fallback,
    schema: z.string().min(1, 'is a path').max(4096),
    expected: 'a path',
  }) as const satisfies Setting;

/** @param fallback 0 picks a free one */
export const portSetting = (fallback: number) =>
  ({
    flag: 'port',
    variable: 'NETFOLD_PORT',
    fallback,
    schema: z.coerce.number().int().min(0).max(65_535),
    expected: 'a number from 0 to 65535',
  }) as const satisfies Setting;

export const addressSetting = {
  flag: 'address',
  variable: 'NETFOLD_ADDRESS',
  fallback: '127.0.0.1',
  schema: z.enum(['127.0.0.1', '::1']),
  expected: '127.0.0.1 or ::1: the local service listens on loopback only',
} as const satisfies Setting;

/** Of a service that may stand behind a proxy; see `demandGuarded`. */
export const anyAddressSetting = {
  ...addressSetting,
  schema: z.union([z.ipv4(), z.ipv6()]),
  expected: 'an IP address of this machine, or 0.0.0.0 or :: for all of them',
} as const satisfies Setting;

/** Names of which a proxy makes requests, separated by commas; empty: there is no proxy. */
export const behindProxySetting = {
  flag: null,
  variable: 'NETFOLD_BEHIND_PROXY',
  fallback: '',
  schema: z
    .string()
    .regex(/^([^\s,:/]+(,[^\s,:/]+)*)?$/)
    .transform((text) => text.split(',').filter(Boolean)),
  expected: 'host names without port, such as netfold.example.org,localhost',
} as const satisfies Setting;

export const logLevelSetting = {
  flag: 'log-level',
  variable: 'NETFOLD_LOG_LEVEL',
  fallback: 'info',
  schema: z.enum(['error', 'warn', 'info', 'debug']),
  expected: 'error, warn, info or debug',
} as const satisfies Setting;

/** The form of a URL that leads to a database. */
export const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//);

export const partitionsSetting = {
  flag: 'partitions',
  variable: 'NETFOLD_PARTITIONS',
  fallback: 4,
  schema: z.coerce.number().int().min(1).max(partitionsMax),
  expected: `the number of writer partitions, from 1 to ${partitionsMax}`,
} as const satisfies Setting;

export const kafkaSetting = {
  flag: 'kafka',
  variable: 'NETFOLD_KAFKA',
  fallback: undefined,
  schema: z
    .string()
    .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/)
    .transform((text) => text.split(',')),
  expected: 'brokers such as kafka-1:9092,kafka-2:9092',
} as const satisfies Setting;

/** Copies that Kafka keeps of each topic. */
export const replicasSetting = {
  flag: null,
  variable: 'NETFOLD_KAFKA_REPLICAS',
  fallback: 1,
  schema: z.coerce.number().int().min(1).max(9),
  expected: 'a number from 1 to 9',
} as const satisfies Setting;

/** Silence of a service after which Kafka gives its partitions to others. */
export const kafkaSessionSetting = {
  flag: null,
  variable: 'NETFOLD_KAFKA_SESSION_MS',
  fallback: 10_000,
  // Brokers take no session of less than 6 s unless they are told to.
  schema: z.coerce.number().int().min(6_000).max(300_000),
  expected: 'milliseconds, from 6000 to 300000',
} as const satisfies Setting;

/** URL of the database of the log. */
export const logPostgresSetting = {
  flag: null,
  variable: 'NETFOLD_LOG_POSTGRES',
  fallback: undefined,
  schema: postgresUrl,
  expected: 'a URL such as postgres://user@host/database',
} as const satisfies Setting;

/** URL of the database in which the projector builds the read models. */
export const tablesPostgresSetting = {
  ...logPostgresSetting,
  variable: 'NETFOLD_TABLES_POSTGRES',
} as const satisfies Setting;

/** Names this process in logs and to Kafka. */
export const instanceSetting = {
  flag: null,
  variable: 'NETFOLD_INSTANCE',
  fallback: hostname(),
  schema: z.string().min(1).max(128),
  expected: 'a name',
} as const satisfies Setting;
