export { makeOperatorToken, openAccess } from './accounts/access.ts';
export type { Access } from './accounts/access.ts';
export {
  as,
  connectionOf,
  migrate,
  migrateStores,
  openDatabase,
  withOwner,
} from './database/database.ts';
export type { Database } from './database/database.ts';
export { demandFolderOf } from './database/installation-kind.ts';
export { openFaces } from './faces/open-faces.ts';
export type { Faces } from './faces/open-faces.ts';
export { HealthModule } from './http/health.module.ts';
export { startHttp } from './http/start-http.ts';
export type { LabCore } from './labs/lab-core.ts';
export { MeasuredGate } from './metrics/measured-gate.ts';
export { Metrics } from './metrics/metrics.ts';
export { ProcessMetrics } from './metrics/process-metrics.ts';
export { codeVersion } from './process/code-version.ts';
export { lockDataFolder } from './process/data-folder-lock.ts';
export { followerLog, projectionSourceOf } from './distribution/follower-log.ts';
export { kafkaTransport } from './distribution/kafka-transport.ts';
export { ensureTopics, recordPartitions, recordedPartitions } from './distribution/topics.ts';
export { makeLogger } from './process/logger.ts';
export { patiently } from './process/patiently.ts';
export { runMain } from './process/run-main.ts';
export { announceServer, withdrawServer } from './process/server-files.ts';
export { runService } from './process/run-service.ts';
export type { Service } from './process/run-service.ts';
export type { StandIn } from './process/stand-in.ts';
export { Started } from './process/started.ts';
export { stopOnSignals } from './process/stop-signals.ts';
export { CatchUp, makeRowsAnew } from './read-models/catch-up.ts';
export { rebuildReadModels } from './read-models/rebuild-read-models.ts';
export { rebuildSource } from './read-models/rebuild-source.ts';
export { demandGuarded } from './settings/guarded.ts';
export { readSettings } from './settings/settings.ts';
export type { ReadSettings, Setting } from './settings/settings.ts';
export { dockerTlsSettings, doorSettingsOf } from './settings/docker-tls.ts';
export {
  addressSetting,
  anyAddressSetting,
  behindProxySetting,
  dataFolderSetting,
  instanceSetting,
  kafkaSetting,
  logLevelSetting,
  logPostgresSetting,
  partitionsSetting,
  portSetting,
  postgresUrl,
  kafkaSessionSetting,
  replicasSetting,
  tablesPostgresSetting,
} from './settings/settings-of-all.ts';
