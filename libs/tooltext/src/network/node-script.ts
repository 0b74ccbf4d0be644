import { replyTo } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { connect } from './connect.ts';
import type { ConnectFailure } from './connect.ts';
import { lookUp } from './lookup.ts';

/** How Node names what went wrong. */
const errorCode: Readonly<Record<ConnectFailure, string>> = {
  refused: 'ECONNREFUSED',
  timedOut: 'ETIMEDOUT',
  hostUnreachable: 'EHOSTUNREACH',
  netUnreachable: 'ENETUNREACH',
};

/** Which server a script asks: `host : 'db', port : '3306'`; `null`: it names none. */
function serverOf(script: string): { readonly host: string; readonly port: number } | null {
  const host = /\bhost\s*:\s*['"`]([^'"`]+)['"`]/.exec(script)?.[1];
  const port = /\bport\s*:\s*['"`]?(\d+)/.exec(script)?.[1];
  return host === undefined || port === undefined ? null : { host, port: Number(port) };
}

/**
 * `node FILE`: no JavaScript is run. A script that asks one database server is played: it connects,
 * and says what the client libraries of MySQL (`SELECT 1 + 1`) and Redis would.
 */
export const nodeScript: Tool = (world, argv) => {
  const [file] = argv.slice(1).filter((word) => !word.startsWith('-'));
  // Its prompt waits for somebody to type.
  if (file === undefined) return { ...printed(''), durationMs: null };
  const script = world.readFile(file);
  if (script === null) return failed(1, `Error: Cannot find module '${file}'\n`);
  const server = serverOf(script);
  if (server === null) {
    const stderr = `netfold: \`node ${file}\` asks no server that it names: it is taken to serve\n`;
    return { ...printed(''), stderr, durationMs: null };
  }
  return asked(world, { ...server, isRedis: /redis/i.test(script) });
};

type Asking = { readonly host: string; readonly port: number; readonly isRedis: boolean };

function asked(world: ToolWorld, { host, port, isRedis }: Asking): ToolOutput {
  const found = lookUp(world, host, [4]);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return failed(1, `Error: getaddrinfo ENOTFOUND ${host}\n`);
  const { failure, isClosedBehind, last } = connect(world, { protocol: 'tcp', address, port }, 10);
  if (failure !== null) {
    return failed(1, `Error: connect ${errorCode[failure]} ${address}:${port}\n`);
  }
  if (isClosedBehind) return failed(1, 'Error: read ECONNRESET\n');
  const greeting = replyTo(last, '');
  // A server that hangs up behind its greeting has refused its client.
  if (greeting.hasEnded) return failed(1, greeting.text);
  if (!isRedis) return printed("[ { '1 + 1': 2 } ]\n");
  const isPong = replyTo(last, 'PING\n').text.includes('PONG');
  return isPong ? printed('Redis connection success\n') : failed(1, 'Error\n');
}
