import { ClientError, usageExitCode } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { helpOf } from '../command/flag-table.ts';
import { awaitRotation } from './root-rotation.ts';
import { showUnlockKey, swarmInfoOf, swarmOf, unlockKeyOf, updateSwarm } from './swarm-api.ts';
import { caChecks, caFlags, specChecks, withFlags } from './swarm-spec.ts';
import type { Swarm } from './swarm-spec.ts';

const updateFlags = [
  'autolock',
  'cert-expiry',
  'dispatcher-heartbeat',
  'external-ca',
  'max-snapshots',
  'snapshot-interval',
  'task-history-limit',
];

/** @source docker/cli v20.10 cli/command/swarm/update.go */
export const update: Command = {
  words: noWords,
  checks: specChecks,
  run: (call) => {
    const { engine, flags, name, out } = call;
    if (!updateFlags.some((flag) => flags.isSet(flag))) {
      out.print(helpOf(name));
      return;
    }
    const swarm = swarmOf(engine);
    const spec = withFlags(swarm.Spec, flags, swarm.TLSInfo?.TrustRoot ?? '');
    updateSwarm(engine, swarm, spec);
    out.line('Swarm updated.');
    const isLockedNow = spec.EncryptionConfig.AutoLockManagers;
    if (isLockedNow && !swarm.Spec.EncryptionConfig.AutoLockManagers) {
      showUnlockKey(call, unlockKeyOf(engine));
    }
  },
};

/** @source docker/cli v20.10 cli/command/swarm/unlock_key.go */
export const unlockKey: Command = {
  words: noWords,
  run: (call) => {
    const { engine, flags, out } = call;
    const isQuiet = flags.isOn('quiet');
    if (flags.isOn('rotate')) {
      const swarm = swarmOf(engine);
      if (!swarm.Spec.EncryptionConfig.AutoLockManagers) {
        throw new ClientError('cannot rotate because autolock is not turned on');
      }
      updateSwarm(engine, swarm, swarm.Spec, { key: true });
      if (!isQuiet) out.line('Successfully rotated manager unlock key.\n');
    }
    const key = unlockKeyOf(engine);
    if (key === '') throw new ClientError('no unlock key is set');
    if (isQuiet) out.line(key);
    else showUnlockKey(call, key);
  },
};

/** @source docker/cli v20.10 cli/command/swarm/unlock.go */
export const unlock: Command = {
  words: noWords,
  run: ({ engine, stdin }) => {
    const { LocalNodeState } = swarmInfoOf(engine);
    if (LocalNodeState === 'inactive') {
      throw new ClientError('Error: This node is not part of a swarm');
    }
    if (LocalNodeState !== 'locked') throw new ClientError('Error: swarm is not locked');
    const [line = ''] = stdin.text.split('\n', 1);
    engine.done({ method: 'POST', path: '/swarm/unlock', body: { UnlockKey: line.trim() } });
  },
};

/** @source docker/cli v20.10 cli/command/swarm/ca.go */
export const ca: Command = {
  words: noWords,
  checks: caChecks,
  run: (call) => {
    const { engine, flags } = call;
    const [caCert, caKey] = [pemOf(call, 'ca-cert'), pemOf(call, 'ca-key')];
    const swarm = swarmOf(engine);
    if (!flags.isOn('rotate')) {
      const flag = ['ca-cert', 'ca-key', 'cert-expiry', 'external-ca'].find((one) =>
        flags.isSet(one),
      );
      if (flag !== undefined) {
        throw new ClientError(`\`--${flag}\` flag requires the \`--rotate\` flag to update the CA`);
      }
      showTrustRoot(call, swarm);
      return;
    }
    refuseHalfAuthority(call);
    const { CAConfig } = swarm.Spec;
    const isNew = caCert === '' && caKey === '';
    updateSwarm(engine, swarm, {
      ...swarm.Spec,
      CAConfig: {
        ...CAConfig,
        ...caFlags(flags, caCert),
        ...(caCert === '' ? {} : { SigningCACert: caCert }),
        ...(caKey === '' ? {} : { SigningCAKey: caKey }),
        ...(isNew ? { ForceRotate: (CAConfig.ForceRotate ?? 0) + 1 } : {}),
      },
    });
    if (flags.isOn('detach')) return;
    awaitRotation(call);
    if (!flags.isOn('quiet')) showTrustRoot(call, swarmOf(engine));
  },
};

const refuseHalfAuthority = ({ flags }: CommandCall): void => {
  const [hasCert, hasOther] = [flags.isSet('ca-cert'), flags.isSet('external-ca')];
  if (hasOther && !hasCert) {
    throw new ClientError(
      'rotating to an external CA requires the `--ca-cert` flag to specify the external ' +
        "CA's cert - to add an external CA with the current root CA certificate, use the " +
        '`update` command instead',
    );
  }
  if (hasCert && !hasOther && !flags.isSet('ca-key')) {
    throw new ClientError(
      'the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided ' +
        'as well',
    );
  }
};

/** @throws ClientError as a value that cannot be read */
const pemOf = ({ flags, readFile }: CommandCall, flag: string): string => {
  if (!flags.isSet(flag)) return '';
  const path = flags.text(flag);
  const text = readFile(path);
  if (text !== null && /^-----BEGIN [^-]*-----$/m.test(text)) return text;
  const cause =
    text === null
      ? `open ${path}: no such file or directory`
      : 'file contents must be in PEM format';
  throw new ClientError(
    `invalid argument ${JSON.stringify(path)} for "--${flag}" flag: ${cause}\n` +
      "See 'docker swarm ca --help'.",
    usageExitCode,
  );
};

const showTrustRoot = ({ out }: CommandCall, { TLSInfo }: Swarm): void => {
  const root = TLSInfo?.TrustRoot ?? '';
  if (root === '') throw new ClientError('No CA information available');
  out.line(root.trim());
};
