import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { busyboxUsage, invalidOption } from '../busybox/usage.ts';
import { connect, failureText } from './connect.ts';
import { lookUp } from './lookup.ts';
import { readOptions } from './options.ts';

const usage = busyboxUsage(`Usage: telnet [-a] [-l USER] HOST [PORT]

Connect to telnet server

	-a	Automatic login with $USER variable
	-l USER	Automatic login as USER
`);

const usualPort = 23;
const portMax = 65_535;

/**
 * BusyBox `telnet`. Nobody types: it says that it is connected and ends with its input.
 * @source recorded with BusyBox 1.35
 */
export const busyboxTelnet: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: 'a', valued: 'l' });
  const [host, word] = options.rest;
  if (options.unknown !== null) return failed(1, invalidOption('telnet', options.unknown) + usage);
  if (host === undefined) return failed(1, usage);
  const port = word === undefined ? usualPort : Number(word);
  if (!Number.isInteger(port) || port < 1 || port > portMax) {
    return failed(1, `telnet: bad port '${word ?? ''}'\n`);
  }
  const found = lookUp(world, host, [4, 6]);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return failed(1, `telnet: bad address '${host}'\n`);
  const { failure } = connect(world, { protocol: 'tcp', address, port }, null);
  if (failure === null) return printed(`Connected to ${host}\n`);
  const problem = failureText[failure];
  return failed(1, `telnet: can't connect to remote host (${address}): ${problem}\n`);
};
