import { isForwardingKnown } from '@netfold/dataplane';
import type { ForwardingRow, InterfaceRow } from '@netfold/dataplane';
import { bridgePorts } from '../iproute/link-details.ts';
import { editBridge } from './edit-bridge.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool, ToolOutput, ToolWorld } from '../tool.ts';

const usage = `Usage: brctl [commands]
commands:
	addbr     	<bridge>		add bridge
	delbr     	<bridge>		delete bridge
	addif     	<bridge> <device>	add interface to bridge
	delif     	<bridge> <device>	delete interface from bridge
	hairpin   	<bridge> <port> {on|off}	turn hairpin on/off
	setageing 	<bridge> <time>		set ageing time
	setbridgeprio	<bridge> <prio>		set bridge priority
	setfd     	<bridge> <time>		set bridge forward delay
	sethello  	<bridge> <time>		set hello time
	setmaxage 	<bridge> <time>		set max message age
	setpathcost	<bridge> <port> <cost>	set path cost
	setportprio	<bridge> <port> <prio>	set port priority
	show      	[ <bridge> ]		show a list of bridges
	showmacs  	<bridge>		show a list of mac addrs
	showstp   	<bridge>		show bridge stp info
	stp       	<bridge> {on|off}	turn stp on/off
`;

const header = 'bridge name\tbridge id\t\tSTP enabled\tinterfaces';

/** One that was made by hand has an id from its first port on; the engine sets its own. */
const bridgeId = (stack: StackView, row: InterfaceRow): string => {
  const isBare = row.queueLength !== null && bridgePorts(stack, row.name).length === 0;
  return `8000.${isBare ? '0'.repeat(12) : row.mac.replaceAll(':', '')}`;
};

const findBridge = (stack: StackView, name: string): InterfaceRow | null =>
  stack.interfaces.find((row) => row.kind === 'bridge' && row.name === name) ?? null;

const byName = (a: InterfaceRow, b: InterfaceRow): number => (a.name < b.name ? -1 : 1);

/** `brctl` reads the directory of ports, which it sorts by name. */
const bridgeLines = (stack: StackView, row: InterfaceRow): string[] => {
  const ports = bridgePorts(stack, row.name).toSorted(byName);

  const head = `${row.name}\t\t${bridgeId(stack, row)}\tno\t\t${ports[0]?.name ?? ''}`;
  return [head, ...ports.slice(1).map((port) => `\t\t\t\t\t\t\t${port.name}`)];
};

/**
 * `brctl` looks for a bridge below `/sys` first, and asks the kernel for one that is not there:
 * in a namespace entered without a `/sys` of its own it still knows the bridges of the host.
 */
const knownStack = ({ stack, devices = stack }: ToolWorld, name: string): StackView =>
  findBridge(devices, name) === null ? stack : devices;

const show = (world: ToolWorld, names: readonly string[]): ToolOutput => {
  const { stack, devices = stack } = world;
  const all = devices.interfaces.filter((row) => row.kind === 'bridge').toSorted(byName);
  if (names.length === 0) {
    return printed(lines([header, ...all.flatMap((row) => bridgeLines(devices, row))]));
  }
  const missing = names.filter((name) => findBridge(knownStack(world, name), name) === null);
  const found = names.flatMap((name) => {
    const known = knownStack(world, name);
    const row = findBridge(known, name);
    return row === null ? [] : bridgeLines(known, row);
  });
  const stdout = lines([header, ...found]);
  if (missing.length === 0) return printed(stdout);
  const stderr = missing.map((name) => `bridge ${name} does not exist!\n`).join('');
  return failed(1, stderr, found.length === 0 ? '' : stdout);
};

/** `100.05`: seconds since the last frame; what is local does not age. */
const ageText = ({ learntAt }: ForwardingRow, now: number): string =>
  (learntAt === null ? 0 : (now - learntAt) / 1_000).toFixed(2);

const showMacs = (world: ToolWorld, name: string): ToolOutput => {
  const { now } = world;
  const stack = knownStack(world, name);
  const row = findBridge(stack, name);
  if (row === null) return failed(1, 'read of forward table failed: No such device\n');
  const ports = bridgePorts(stack, name);
  const entries = stack.forwarding
    .filter((one) => one.bridge === name && isForwardingKnown(one, now))
    .map((one) => ({
      mac: one.mac,
      port: ports.findIndex((port) => port.name === one.device) + 1,
      isLocal: one.isPermanent,
      age: ageText(one, now),
    }))
    .filter((one) => one.port > 0)
    .toSorted((a, b) => (a.mac < b.mac ? -1 : 1));
  const text = entries.map((one) =>
    [
      String(one.port).padStart(3),
      one.mac,
      one.isLocal ? 'yes' : 'no',
      '',
      one.age.padStart(7),
    ].join('\t'),
  );
  return printed(lines(['port no\tmac addr\t\tis local?\tageing timer', ...text]));
};

const portStp = (port: InterfaceRow, number: number, id: string): string[] => {
  const cost = String(port.kind === 'veth' ? 2 : 100).padStart(4);
  const place = (0x8000 + number).toString(16);
  return [
    `${port.name} (${number})`,
    ` port id\t\t${place}\t\t\tstate\t\t     forwarding`,
    ` designated root\t${id}\tpath cost\t\t${cost}`,
    ` designated bridge\t${id}\tmessage age timer\t   0.00`,
    ` designated port\t${place}\t\t\tforward delay timer\t   0.00`,
    ' designated cost\t   0\t\t\thold timer\t\t   0.00',
    ' flags\t\t\t',
    '',
  ];
};

const showStp = (stack: StackView, name: string): ToolOutput => {
  const row = findBridge(stack, name);
  if (row === null) return failed(1, `${name}: can't get info No such device\n`);
  const ports = bridgePorts(stack, name).flatMap((port, index) =>
    portStp(port, index + 1, bridgeId(stack, row)),
  );
  return printed(
    lines([
      name,
      ` bridge id\t\t${bridgeId(stack, row)}`,
      ` designated root\t${bridgeId(stack, row)}`,
      ' root port\t\t   0\t\t\tpath cost\t\t   0',
      ' max age\t\t  20.00\t\t\tbridge max age\t\t  20.00',
      ' hello time\t\t   2.00\t\t\tbridge hello time\t   2.00',
      ' forward delay\t\t  15.00\t\t\tbridge forward delay\t  15.00',
      ' ageing time\t\t 300.00',
      ' hello timer\t\t   0.00\t\t\ttcn timer\t\t   0.00',
      ' topology change timer\t   0.00\t\t\tgc timer\t\t   0.00',
      ' flags\t\t\t',
      '',
      '',
      ...ports,
    ]),
  );
};

/**
 * bridge-utils' `brctl`: what it shows, and bridges and ports made and removed.
 * @source recorded with bridge-utils 1.7.1
 */
export const brctl: Tool = (world, argv) => {
  const [command, ...names] = argv.slice(1);
  if (command === undefined) return failed(1, '', usage);
  if (command === 'show') return show(world, names);
  const name = names[0];
  if (command === 'showmacs' || command === 'showstp') {
    if (name === undefined) return failed(1, 'Incorrect number of arguments for command\n');
    return command === 'showmacs' ? showMacs(world, name) : showStp(knownStack(world, name), name);
  }
  const edited = world.edits === null ? null : editBridge(world.edits, command, names);
  if (edited !== null) return edited;
  if (usage.includes(`\t${command} `) || usage.includes(`\t${command}\t`)) {
    return failed(1, `netfold: \`brctl ${command}\` is not simulated\n`);
  }
  return failed(1, `never heard of command [${command}]\n`, usage);
};
