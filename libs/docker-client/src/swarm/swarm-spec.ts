import type { Command } from '../command/command.ts';
import type { Flags } from '../command/flags.ts';
import { readDuration } from '../value/duration.ts';
import { checkedBy } from '../value/value-problem.ts';
import { readExternalCa } from './flag-values.ts';

/** What a swarm is set to, as the engine's API takes it. */
export type SwarmSpec = {
  readonly Name?: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Orchestration: Readonly<Record<string, unknown>>;
  readonly Raft: Readonly<Record<string, unknown>>;
  readonly Dispatcher: Readonly<Record<string, unknown>>;
  readonly CAConfig: Readonly<Record<string, unknown>> & { readonly ForceRotate?: number };
  readonly TaskDefaults: Readonly<Record<string, unknown>>;
  readonly EncryptionConfig: { readonly AutoLockManagers: boolean };
};

export type Swarm = {
  readonly Version: { readonly Index: number };
  readonly Spec: SwarmSpec;
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
  readonly TLSInfo?: {
    readonly TrustRoot?: string;
    readonly CertIssuerSubject?: string;
    readonly CertIssuerPublicKey?: string;
  };
};

export const emptySpec: SwarmSpec = {
  Labels: null,
  Orchestration: {},
  Raft: { ElectionTick: 0, HeartbeatTick: 0 },
  Dispatcher: {},
  CAConfig: {},
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
};

export const caChecks: Command['checks'] & {} = {
  'cert-expiry': checkedBy(readDuration),
  'external-ca': checkedBy(readExternalCa),
};

export const specChecks: Command['checks'] & {} = {
  ...caChecks,
  'dispatcher-heartbeat': checkedBy(readDuration),
};

/**
 * A spec with what a line sets.
 *
 * @param caCert what external authorities are trusted by
 * @source docker/cli v20.10 cli/command/swarm/opts.go mergeSwarmSpec
 */
export const withFlags = (spec: SwarmSpec, flags: Flags, caCert = ''): SwarmSpec => {
  const when = <Members>(name: string, members: () => Members) =>
    flags.isSet(name) ? members() : {};
  return {
    ...spec,
    Orchestration: {
      ...spec.Orchestration,
      ...when('task-history-limit', () => ({
        TaskHistoryRetentionLimit: flags.number('task-history-limit'),
      })),
    },
    Dispatcher: {
      ...spec.Dispatcher,
      ...when('dispatcher-heartbeat', () => ({
        HeartbeatPeriod: readDuration(flags.text('dispatcher-heartbeat')),
      })),
    },
    Raft: {
      ...spec.Raft,
      ...when('max-snapshots', () => ({ KeepOldSnapshots: flags.number('max-snapshots') })),
      ...when('snapshot-interval', () => ({
        SnapshotInterval: flags.number('snapshot-interval'),
      })),
    },
    EncryptionConfig: {
      ...spec.EncryptionConfig,
      ...when('autolock', () => ({ AutoLockManagers: flags.isOn('autolock') })),
    },
    CAConfig: { ...spec.CAConfig, ...caFlags(flags, caCert) },
  };
};

/** @source docker/cli v20.10 cli/command/swarm/opts.go mergeSwarmSpecCAFlags */
export const caFlags = (flags: Flags, caCert: string): Readonly<Record<string, unknown>> => ({
  ...(flags.isSet('cert-expiry')
    ? { NodeCertExpiry: readDuration(flags.text('cert-expiry')) }
    : {}),
  ...(flags.isSet('external-ca')
    ? {
        ExternalCAs: flags
          .list('external-ca')
          .map(readExternalCa)
          .map((ca) => ({ ...ca, CACert: caCert })),
      }
    : {}),
});
