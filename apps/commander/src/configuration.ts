import {
  addressSetting,
  instanceSetting,
  kafkaSessionSetting,
  kafkaSetting,
  logLevelSetting,
  logPostgresSetting,
  partitionsSetting,
  portSetting,
  readSettings,
  replicasSetting,
} from '@netfold/runtime';
import { z } from 'zod';

/** Health and metrics. */
const defaultPort = 4100;

/** What a commander can be told, checked before anything is started. */
export const readConfiguration = (args: readonly string[], environment: NodeJS.ProcessEnv) =>
  readSettings(
    'commander',
    {
      port: portSetting(defaultPort),
      address: addressSetting,
      logLevel: logLevelSetting,
      instance: instanceSetting,
      partitions: partitionsSetting,
      kafka: kafkaSetting,
      kafkaSessionMs: kafkaSessionSetting,
      replicas: replicasSetting,
      logPostgres: logPostgresSetting,
      gatewayKeys: {
        flag: null,
        variable: 'NETFOLD_GATEWAY_KEYS',
        fallback: undefined,
        schema: z.string().min(1),
        expected: 'the folder with the public keys of the gateways',
      },
    },
    args,
    environment,
  );

export type Configuration = ReturnType<typeof readConfiguration>;
