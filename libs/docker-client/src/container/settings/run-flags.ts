import type { Command } from '../../command/command.ts';
import { labelProblem, linkProblem } from '../../command/flag-checks.ts';
import { readDuration } from '../../value/duration.ts';
import { canonicalIp } from '../../value/ip-address.ts';
import { readVariable } from '../../value/key-value-file.ts';
import { readBytes, readBytesOrUnlimited, readNanoCpus } from '../../value/size.ts';
import { trimmed } from '../../value/trimmed.ts';
import { ValueProblem, checkedBy } from '../../value/value-problem.ts';
import {
  readByteRate,
  readDeviceRule,
  readDeviceWeight,
  readGpuRequest,
  readOperationRate,
} from './devices.ts';
import { readUlimit } from './limits.ts';
import { readMount } from './mount.ts';
import { readNetworkAttachment } from './network-attachment.ts';

/** Flags of `docker run` and `docker create` that their help does not show. */
export const hiddenRunFlags = [
  '      --cpu-count int  ',
  '      --cpu-percent int  ',
  '      --dns-opt list  ',
  '      --io-maxbandwidth bytes  ',
  '      --io-maxiops uint  ',
  '      --net network  ',
  '      --net-alias list  ',
].join('\n');

const readStream = (text: string): string => {
  const stream = text.toLowerCase();
  if (['stdin', 'stdout', 'stderr'].includes(stream)) return stream;
  throw new ValueProblem('valid streams are STDIN, STDOUT and STDERR');
};

const readIp = (text: string): string => {
  const ip = canonicalIp(text.trim());
  if (ip === null) throw new ValueProblem(`${text} is not an ip address`);
  return ip;
};

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
// What Docker writes for a group that is not kept takes a colon before it as well.
const domain = new RegExp(`^(:?${label}(?::?\\.:?${label})*)\\.?\\s*$`);
const domainLettersMax = 254;

/** @throws ValueProblem @source docker/cli v20.10 opts/opts.go ValidateDNSSearch */
export const readSearchDomain = (text: string): string => {
  const name = trimmed(text, ' ');
  if (name === '.') return name;
  const found = /[a-zA-Z]/.test(name) ? domain.exec(name)?.[1] : undefined;
  if (found === undefined || found.length > domainLettersMax) {
    throw new ValueProblem(`${name} is not a valid domain`);
  }
  return found;
};

const readExtraHost = (text: string): void => {
  const at = text.indexOf(':');
  if (at < 1) throw new ValueProblem(`bad format for add-host: ${JSON.stringify(text)}`);
  const ip = text.slice(at + 1);
  if (ip !== 'host-gateway' && canonicalIp(ip.trim()) === null) {
    throw new ValueProblem(`invalid IP address in add-host: ${JSON.stringify(ip)}`);
  }
};

const sysctlNames = new Set(
  (
    'kernel.msgmax kernel.msgmnb kernel.msgmni kernel.sem kernel.shmall kernel.shmmax ' +
    'kernel.shmmni kernel.shm_rmid_forced'
  ).split(' '),
);

const readSysctl = (text: string): void => {
  const [name = '', value] = text.split('=');
  const isKnown = sysctlNames.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.');
  if (value === undefined || !isKnown) {
    throw new ValueProblem(`sysctl '${text}' is not whitelisted`);
  }
};

const macForms = [6, 8, 20].flatMap((octets) => [
  new RegExp(`^[\\da-f]{2}(:[\\da-f]{2}){${octets - 1}}$`, 'i'),
  new RegExp(`^[\\da-f]{2}(-[\\da-f]{2}){${octets - 1}}$`, 'i'),
  new RegExp(`^[\\da-f]{4}(\\.[\\da-f]{4}){${octets / 2 - 1}}$`, 'i'),
]);

/** @source Go net ParseMAC */
export const isMacAddress = (text: string): boolean => macForms.some((form) => form.test(text));

/** Of the flags that `docker update` has as well. */
export const limitChecks: Command['checks'] & {} = {
  cpus: checkedBy(readNanoCpus),
  'kernel-memory': checkedBy(readBytes),
  memory: checkedBy(readBytes),
  'memory-reservation': checkedBy(readBytes),
  'memory-swap': checkedBy(readBytesOrUnlimited),
};

/** @source docker/cli v20.10 cli/command/container/opts.go addFlags */
export const runChecks: Command['checks'] & {} = {
  ...limitChecks,
  'add-host': checkedBy(readExtraHost),
  attach: checkedBy(readStream),
  'blkio-weight-device': checkedBy(readDeviceWeight),
  'device-cgroup-rule': checkedBy(readDeviceRule),
  'device-read-bps': checkedBy(readByteRate),
  'device-read-iops': checkedBy(readOperationRate),
  'device-write-bps': checkedBy(readByteRate),
  'device-write-iops': checkedBy(readOperationRate),
  dns: checkedBy(readIp),
  'dns-search': checkedBy(readSearchDomain),
  env: checkedBy(readVariable),
  gpus: checkedBy(readGpuRequest),
  'health-interval': checkedBy(readDuration),
  'health-start-period': checkedBy(readDuration),
  'health-timeout': checkedBy(readDuration),
  'io-maxbandwidth': checkedBy(readBytes),
  label: labelProblem,
  link: linkProblem,
  mount: checkedBy(readMount),
  net: checkedBy(readNetworkAttachment),
  network: checkedBy(readNetworkAttachment),
  'shm-size': checkedBy(readBytes),
  sysctl: checkedBy(readSysctl),
  ulimit: checkedBy(readUlimit),
};
