import { bareAddress } from '../addresses.ts';
import type { ActiveLab, LabHost } from '@netfold/domain';

/** Text of a host's own `/etc/hosts` and `/etc/resolv.conf`. */
export type HostFiles = { readonly hosts: string; readonly resolvConf: string };

/** Every host knows every host of its lab; the machine at the LAN's gateway resolves the rest. */
export function hostFiles(lab: ActiveLab, host: LabHost): HostFiles {
  const lines = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback'];
  for (const { name, spec } of lab.hosts.values()) {
    const address = bareAddress(spec.nics[0]?.address ?? '');
    if (address !== '') lines.push(`${address}\t${name}`);
  }
  return {
    hosts: `${lines.join('\n')}\n`,
    resolvConf: nameservers(lab, host)
      .map((server) => `nameserver ${server}\n`)
      .join(''),
  };
}

/** The DNS servers of a host: the outside machine of its first NIC's LAN. */
export function nameservers(lab: ActiveLab, host: LabHost): readonly string[] {
  const lan = lab.lans.find(({ name }) => name === host.spec.nics[0]?.lan);
  return lan === undefined ? [] : [lan.gateway];
}
