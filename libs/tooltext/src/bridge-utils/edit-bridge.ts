import type { InterfaceRow } from '@netfold/dataplane';
import { linkNamed, makeEdits, found, routesLost } from '../iproute/made-edits.ts';
import { failed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';

const defaultMtuBytes = 1_500;

const addBridge = (edits: LineEdits, name: string): ToolOutput => {
  if (linkNamed(edits.stack, name) !== null) {
    return failed(1, `device ${name} already exists; can't create bridge with the same name\n`);
  }
  const { namespace } = edits;
  const mac = edits.newMac(name);
  const link = { namespace, name, kind: 'bridge', mac, mtuBytes: defaultMtuBytes } as const;
  return makeEdits(edits, [{ kind: 'addLink', link, peer: null }]);
};

const removeBridge = (edits: LineEdits, name: string): ToolOutput => {
  const row = linkNamed(edits.stack, name);
  if (row === null) return failed(1, `bridge ${name} doesn't exist; can't delete it\n`);
  if (row.kind !== 'bridge') {
    return failed(1, `can't delete bridge ${name}: Operation not permitted\n`);
  }
  if (row.isUp) return failed(1, `bridge ${name} is still up; can't delete it\n`);
  const lost = routesLost(edits.stack, row);
  return makeEdits(edits, [...lost, { kind: 'removeLink', link: found(row) }]);
};

const setMaster = (
  edits: LineEdits,
  port: InterfaceRow,
  bridge: InterfaceRow | null,
): ToolOutput => {
  const master = bridge === null ? null : found(bridge);
  return makeEdits(edits, [{ kind: 'setLink', link: found(port), setting: { master } }]);
};

const addPort = (edits: LineEdits, name: string, portName: string): ToolOutput => {
  const bridge = linkNamed(edits.stack, name);
  const port = linkNamed(edits.stack, portName);
  if (port === null) return failed(1, `interface ${portName} does not exist!\n`);
  if (bridge?.kind !== 'bridge') return failed(1, `bridge ${name} does not exist!\n`);
  if (port.master !== null) {
    const problem = `device ${portName} is already a member of a bridge`;
    return failed(1, `${problem}; can't add it to bridge ${name}.\n`);
  }
  if (port.kind === 'loopback' || port.kind === 'bridge') {
    return failed(1, `can't add ${portName} to bridge ${name}: Invalid argument\n`);
  }
  return setMaster(edits, port, bridge);
};

const removePort = (edits: LineEdits, name: string, portName: string): ToolOutput => {
  const bridge = linkNamed(edits.stack, name);
  const port = linkNamed(edits.stack, portName);
  if (port === null) return failed(1, `interface ${portName} does not exist!\n`);
  if (bridge?.kind !== 'bridge') return failed(1, `bridge ${name} does not exist!\n`);
  if (port.master !== name) return failed(1, `device ${portName} is not a port of ${name}\n`);
  return setMaster(edits, port, null);
};

/** Usage lines of the commands that edit. @source recorded host-old-tools; brctl/brctl_cmd.c */
const usages: Readonly<Record<string, string>> = {
  addbr: 'addbr <bridge>\t\tadd bridge',
  delbr: 'delbr <bridge>\t\tdelete bridge',
  addif: 'addif <bridge> <device>\tadd interface to bridge',
  delif: 'delif <bridge> <device>\tdelete interface from bridge',
};

/**
 * `brctl addbr|delbr|addif|delif`; several devices are added one after the other.
 *
 * @returns `null` for any other command
 */
export const editBridge = (
  edits: LineEdits,
  command: string,
  [name, ...ports]: readonly string[],
): ToolOutput | null => {
  const usage = usages[command];
  if (usage === undefined) return null;
  const isOfPorts = command === 'addif' || command === 'delif';
  const isShort = name === undefined || isOfPorts !== ports.length > 0;
  if (isShort) {
    return failed(1, '', `Incorrect number of arguments for command\nUsage: brctl ${usage}\n`);
  }
  if (command === 'addbr') return addBridge(edits, name);
  if (command === 'delbr') return removeBridge(edits, name);
  const one = command === 'addif' ? addPort : removePort;
  const outputs = ports.map((port) => one(edits, name, port));
  return outputs.find(({ exitCode }) => exitCode !== 0) ?? failed(0, '');
};
