import type { HostName } from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';

/** The lab host of that name; facts and checked commands only name those that exist. */
export function getHost(lab: ActiveLab, name: HostName): LabHost {
  const host = lab.hosts.get(name);
  if (host === undefined) throw new Error(`no lab host ${name}`);
  return host;
}

/** The lab with one lab host changed. */
export function changeHost(
  lab: ActiveLab,
  name: HostName,
  change: (host: LabHost) => LabHost,
): ActiveLab {
  return { ...lab, hosts: lab.hosts.with(name, change(getHost(lab, name))) };
}
