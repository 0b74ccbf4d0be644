import { bridgeEditors } from '../bridge-utils/edit-bridge.ts';
import type { BridgeProblem } from '../bridge-utils/edit-bridge.ts';
import { linkNamed } from '../iproute/made-edits.ts';
import { failed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { busyboxUsage } from './usage.ts';

/** Debian builds it without what shows bridges and sets their timers. */
const usage = busyboxUsage(`Usage: brctl COMMAND [BRIDGE [ARGS]]

Manage ethernet bridges
Commands:
	addbr BRIDGE		Create BRIDGE
	delbr BRIDGE		Delete BRIDGE
	addif BRIDGE IFACE	Add IFACE to BRIDGE
	delif BRIDGE IFACE	Delete IFACE from BRIDGE
`);

/** The kernel's words. */
const problems: Readonly<Record<BridgeProblem, string>> = {
  bridgeExists: 'File exists',
  bridgeMissing: 'No such device or address',
  bridgeUp: 'Device or resource busy',
  notBridge: 'Operation not permitted',
  portMissing: 'No such device',
  masterMissing: 'No such device',
  portTaken: 'Device or resource busy',
  portUnfit: 'Invalid argument',
  notPort: 'Invalid argument',
};

/** The longest name of a link that the kernel takes; a longer one is cut. */
const nameMax = 15;

/** BusyBox `brctl`. @source recorded with BusyBox 1.35.0 as Debian 12 builds it */
export const busyboxBrctl: Tool = ({ edits, stack }, argv) => {
  const [command = '', asked, port] = argv.slice(1);
  if (command === '' || command === '--help') return failed(command === '' ? 1 : 0, usage);
  const edit = bridgeEditors[command];
  if (edit === undefined) return failed(1, `brctl: invalid argument '${command}' to 'brctl'\n`);
  const isOfPort = command.endsWith('if');
  if (asked === undefined || (isOfPort && port === undefined)) return failed(1, usage);
  const name = asked.slice(0, nameMax);
  if (isOfPort && linkNamed(edits?.stack ?? stack, port ?? '') === null) {
    return failed(1, `brctl: iface ${port ?? ''}: ${problems.portMissing}\n`);
  }
  if (edits === null) return failed(1, `brctl: bridge ${asked}: Operation not permitted\n`);
  const made = edit(edits, name, port ?? '');
  return typeof made === 'string' ? failed(1, `brctl: bridge ${asked}: ${problems[made]}\n`) : made;
};
