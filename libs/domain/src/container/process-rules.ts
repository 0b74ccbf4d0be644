import type { ContainerSpec, Refusal } from '@netfold/contracts';
import { specInvalid } from '../refusal/container.ts';
import { goQuoted } from '../refusal/go-quoted.ts';
import { textIn } from './resources.ts';

/** Linux capabilities without `CAP_`. @source containerd pkg/cap, moby/moby oci/caps/utils.go */
const capabilities: ReadonlySet<string> = new Set(
  (
    'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP ' +
    'LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER ' +
    'SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE ' +
    'SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP ' +
    'MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF ' +
    'CHECKPOINT_RESTORE ALL'
  ).split(' '),
);

const isolations: readonly string[] = ['', 'default'];

/** The only runtimes that an engine has from the start. */
const runtimes: readonly string[] = [
  '',
  'runc',
  'io.containerd.runc.v2',
  'io.containerd.runtime.v1.linux',
];

/** @source moby/moby runconfig/hostconfig_unix.go validateIsolation; recorded engine */
export function isolationRule(spec: ContainerSpec): Refusal | null {
  const isolation = textIn(spec.passThrough.hostConfig, 'Isolation');
  if (isolations.includes(isolation.toLowerCase())) return null;
  return specInvalid(
    'IsolationInvalid',
    `Invalid isolation: ${goQuoted(isolation)} - linux only supports 'default'`,
  );
}

/** @source moby/moby daemon/container.go validateCapabilities; recorded engine */
export function capabilitiesRule({ passThrough }: ContainerSpec): Refusal | null {
  for (const name of ['CapAdd', 'CapDrop']) {
    const given = passThrough.hostConfig[name];
    const names = Array.isArray(given) ? given.map((one) => String(one).toUpperCase()) : [];
    const unknown = names.find((one) => !capabilities.has(one.replace(/^CAP_/, '')));
    if (unknown === undefined) continue;
    const shown = goQuoted(`CAP_${unknown.replace(/^CAP_/, '')}`);
    return specInvalid('CapabilityUnknown', `invalid ${name}: unknown capability: ${shown}`);
  }
  return null;
}

/** @source moby/moby daemon/daemon_unix.go verifyPlatformContainerSettings; recorded engine */
export function runtimeRule(spec: ContainerSpec): Refusal | null {
  const runtime = textIn(spec.passThrough.hostConfig, 'Runtime');
  if (runtimes.includes(runtime)) return null;
  return specInvalid('RuntimeUnknown', `Unknown runtime specified ${runtime}`);
}
