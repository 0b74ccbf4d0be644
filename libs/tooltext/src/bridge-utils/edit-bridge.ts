import type { InterfaceRow } from '@netfold/dataplane';
import { linkNamed, makeEdits, found, routesLost } from '../iproute/made-edits.ts';
import { failed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';

const defaultMtuBytes = 1_500;

/** Why a bridge or a port cannot be as asked for, before the kernel or by it. */
export type BridgeProblem =
  | 'bridgeExists'
  | 'bridgeMissing'
  | 'bridgeUp'
  | 'notBridge'
  | 'portMissing'
  | 'masterMissing'
  | 'portTaken'
  | 'portUnfit'
  | 'notPort';

/** What a `brctl` says of each, without the newline. */
type BridgeWords = Readonly<Record<BridgeProblem, (bridge: string, port: string) => string>>;

/** @source recorded with bridge-utils 1.7.1 */
const bridgeUtilsWords: BridgeWords = {
  bridgeExists: (name) => `device ${name} already exists; can't create bridge with the same name`,
  bridgeMissing: (name) => `bridge ${name} doesn't exist; can't delete it`,
  bridgeUp: (name) => `bridge ${name} is still up; can't delete it`,
  notBridge: (name) => `can't delete bridge ${name}: Operation not permitted`,
  portMissing: (_, port) => `interface ${port} does not exist!`,
  masterMissing: (name) => `bridge ${name} does not exist!`,
  portTaken: (name, port) =>
    `device ${port} is already a member of a bridge; can't add it to bridge ${name}.`,
  portUnfit: (name, port) => `can't add ${port} to bridge ${name}: Invalid argument`,
  notPort: (name, port) => `device ${port} is not a port of ${name}`,
};

const addBridge = (edits: LineEdits, name: string): ToolOutput | BridgeProblem => {
  if (linkNamed(edits.stack, name) !== null) return 'bridgeExists';
  const { namespace } = edits;
  const mac = edits.newMac(name);
  const link = { namespace, name, kind: 'bridge', mac, mtuBytes: defaultMtuBytes } as const;
  return makeEdits(edits, [{ kind: 'addLink', link, peer: null }]);
};

const removeBridge = (edits: LineEdits, name: string): ToolOutput | BridgeProblem => {
  const row = linkNamed(edits.stack, name);
  if (row === null) return 'bridgeMissing';
  if (row.kind !== 'bridge') return 'notBridge';
  if (row.isUp) return 'bridgeUp';
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

const addPort = (edits: LineEdits, name: string, portName: string): ToolOutput | BridgeProblem => {
  const bridge = linkNamed(edits.stack, name);
  const port = linkNamed(edits.stack, portName);
  if (port === null) return 'portMissing';
  if (bridge?.kind !== 'bridge') return 'masterMissing';
  if (port.master !== null) return 'portTaken';
  if (port.kind === 'loopback' || port.kind === 'bridge') return 'portUnfit';
  return setMaster(edits, port, bridge);
};

const removePort = (
  edits: LineEdits,
  name: string,
  portName: string,
): ToolOutput | BridgeProblem => {
  const bridge = linkNamed(edits.stack, name);
  const port = linkNamed(edits.stack, portName);
  if (port === null) return 'portMissing';
  if (bridge?.kind !== 'bridge') return 'masterMissing';
  if (port.master !== name) return 'notPort';
  return setMaster(edits, port, null);
};

/** The four commands that edit, for one bridge and one port. */
export const bridgeEditors: Readonly<
  Record<string, (edits: LineEdits, name: string, port: string) => ToolOutput | BridgeProblem>
> = { addbr: addBridge, delbr: removeBridge, addif: addPort, delif: removePort };

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
  const edit = bridgeEditors[command];
  if (edit === undefined) return null;
  const outputs = (isOfPorts ? ports : ['']).map((port) => {
    const made = edit(edits, name, port);
    return typeof made === 'string' ? failed(1, `${bridgeUtilsWords[made](name, port)}\n`) : made;
  });
  return outputs.find(({ exitCode }) => exitCode !== 0) ?? failed(0, '');
};
