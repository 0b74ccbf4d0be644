import { packageOf } from '@netfold/domain';
import { bridge } from './iproute/bridge.ts';
import { ip } from './iproute/ip.ts';
import { ss } from './iproute/ss.ts';
import { brctl } from './bridge-utils/brctl.ts';
import { busyboxBrctl } from './busybox/brctl.ts';
import { busyboxIfconfig } from './busybox/ifconfig.ts';
import { busyboxIp } from './busybox/ip.ts';
import { busyboxArp, busyboxNetstat, busyboxRoute } from './busybox/net.ts';
import {
  basename,
  cat,
  date,
  dirname,
  hostname,
  nothing,
  printenv,
  pwd,
  seq,
  sleep,
  uname,
} from './files/system.ts';
import { id, whoami } from './files/id.ts';
import { busyboxSysctl } from './busybox/sysctl.ts';
import { sysctl } from './files/sysctl.ts';
import { pgrep } from './files/pgrep.ts';
import { ps } from './files/ps.ts';
import { kill } from './processes/kill.ts';
import { killall, pidof } from './processes/killall.ts';
import { rm } from './files/remove.ts';
import { chmod } from './files/change-mode.ts';
import { cp } from './files/copy.ts';
import { ln } from './files/link.ts';
import { mv } from './files/move.ts';
import { readlink, realpath } from './files/read-link.ts';
import { ls } from './files/list.ts';
import { du } from './files/disk-usage.ts';
import { stat } from './files/stat.ts';
import { rmdir } from './files/remove-folder.ts';
import { mkdir } from './files/make-folder.ts';
import { touch } from './files/touch.ts';
import { tee } from './files/write.ts';
import { echo, printf } from './filters/echo.ts';
import { base64 } from './filters/base64.ts';
import { md5sum, sha256sum } from './filters/checksum.ts';
import { hexdump } from './filters/hexdump.ts';
import { expr } from './filters/expr.ts';
import { grep } from './filters/grep.ts';
import { sed } from './filters/sed.ts';
import { sort } from './filters/sort.ts';
import { test } from './filters/test.ts';
import { column } from './filters/column.ts';
import { cut, head, nl, rev, tac, tail, tr, uniq, wc } from './filters/text.ts';
import { iptables, iptablesSave } from './iptables/iptables.ts';
import { iptablesRestore } from './iptables/restore.ts';
import { awk } from './awk/awk.ts';
import { arp } from './net-tools/arp.ts';
import { ifconfig } from './net-tools/ifconfig.ts';
import { netstat } from './net-tools/netstat.ts';
import { busyboxPing } from './network/busybox-ping.ts';
import { busyboxWget } from './network/busybox-wget.ts';
import { arping } from './network/arping.ts';
import { curl } from './network/curl.ts';
import { dig } from './network/dig.ts';
import { gnuWget } from './network/gnu-wget.ts';
import { host } from './network/host-lookup.ts';
import { getent } from './network/getent.ts';
import { iputilsPing } from './network/iputils-ping.ts';
import { busyboxNetcat, openbsdNetcat } from './network/netcat.ts';
import { bindNslookup, busyboxNslookup } from './network/nslookup.ts';
import { busyboxTelnet } from './network/telnet.ts';
import { busyboxTraceroute, debianTraceroute } from './network/traceroute.ts';
import { route } from './net-tools/route.ts';
import type { Tool, ToolWorld } from './tool.ts';
import { fileReader } from './packages/reader.ts';

const everywhere: readonly (readonly [name: string, tool: Tool])[] = [
  ['cat', cat],
  ['ls', ls],
  ['hostname', hostname],
  ['whoami', whoami],
  ['id', id],
  ['uname', uname],
  ['sleep', sleep],
  ['seq', seq],
  ['basename', basename],
  ['dirname', dirname],
  ['printenv', printenv],
  ['pwd', pwd],
  ['date', date],
  ['pgrep', pgrep],
  ['ps', ps],
  ['kill', kill],
  ['killall', killall],
  ['pidof', pidof],
  ['rm', rm],
  ['rmdir', rmdir],
  ['cp', cp],
  ['mv', mv],
  ['ln', ln],
  ['readlink', readlink],
  ['realpath', realpath],
  ['chmod', chmod],
  ['stat', stat],
  ['du', du],
  ['tee', tee],
  ['touch', touch],
  ['mkdir', mkdir],
  ['true', nothing],
  ['sync', nothing],
  ['clear', nothing],
  ['false', () => ({ stdout: '', stderr: '', exitCode: 1, durationMs: 0 })],
  ['echo', echo],
  ['printf', printf],
  ['test', test],
  ['expr', expr],
  ['base64', base64],
  ['hexdump', hexdump],
  ['md5sum', md5sum],
  ['sha256sum', sha256sum],
  ['[', test],
  ['grep', grep],
  ['egrep', grep],
  ['fgrep', grep],
  ['sed', sed],
  ['sort', sort],
  ['cut', cut],
  ['head', head],
  ['tail', tail],
  ['tr', tr],
  ['uniq', uniq],
  ['wc', wc],
  ['rev', rev],
  ['tac', tac],
  ['nl', nl],
  ['awk', awk],
];

const debian: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ...everywhere,
  ['column', column],
  ['ip', ip],
  ['bridge', bridge],
  ['ss', ss],
  ['brctl', brctl],
  ['ifconfig', ifconfig],
  ['route', route],
  ['arp', arp],
  ['netstat', netstat],
  ['sysctl', sysctl],
  ['iptables-restore', iptablesRestore],
  ['ip6tables-restore', iptablesRestore],
  ['iptables', iptables],
  ['ip6tables', iptables],
  ['iptables-save', iptablesSave],
  ['ip6tables-save', iptablesSave],
  ['ping', iputilsPing],
  ['ping6', iputilsPing],
  ['nslookup', bindNslookup],
  ['dig', dig],
  ['host', host],
  ['wget', gnuWget],
  ['arping', arping],
  ['getent', getent],
  ['curl', curl],
  ['nc', openbsdNetcat],
  ['netcat', openbsdNetcat],
  ['traceroute', debianTraceroute],
]);

const busybox: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ...everywhere,
  ['ip', busyboxIp],
  ['brctl', busyboxBrctl],
  ['ifconfig', busyboxIfconfig],
  ['route', busyboxRoute],
  ['arp', busyboxArp],
  ['netstat', busyboxNetstat],
  ['ping', busyboxPing],
  ['ping6', busyboxPing],
  ['nslookup', busyboxNslookup],
  ['wget', busyboxWget],
  ['curl', curl],
  ['nc', busyboxNetcat],
  ['netcat', busyboxNetcat],
  ['telnet', busyboxTelnet],
  ['sysctl', busyboxSysctl],
  ['traceroute', busyboxTraceroute],
]);

/** The tool that BusyBox itself has of that name, whatever packages brought beside it. */
export const findApplet = (name: string): Tool | null =>
  name === 'curl' ? null : (busybox.get(name) ?? null);

/** The tool of that bare name in this place, or `null`. */
export const findTool = (world: ToolWorld, name: string): Tool | null => {
  if (world.userland === 'debian') return debian.get(name) ?? null;
  // What a package brings stands before the tool of BusyBox.
  const isOfPackage = packageOf(name, fileReader(world)) !== null;
  return (isOfPackage ? debian.get(name) : undefined) ?? busybox.get(name) ?? null;
};

export const hasTool = (world: ToolWorld, name: string): boolean => findTool(world, name) !== null;
