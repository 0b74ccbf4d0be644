import { replyTo } from '@netfold/dataplane';
import { evaluateArithmetic, noVariables } from '../shell/arithmetic.ts';
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

/** What the row of an image says that a program prints: `connects, prints A or Error: B`. */
const printedByRow = (words: string): string | null =>
  /\bprints (.+?)(?: or Error\b.*)?$/.exec(words)?.[1] ?? null;

/** The rows of `SELECT 1 + 1`, as the client library of MySQL hands them on and Node shows them. */
function rowsOf(script: string): string | null {
  const sum = /\bselect\s+(\d[\d\s()+*-]*?)\s*;?['"`]/i.exec(script)?.[1];
  if (sum === undefined) return null;
  return `[ { '${sum}': ${evaluateArithmetic(sum, noVariables)} } ]`;
}

/** A text that the script logs as it stands there. */
const loggedBy = (script: string): string | null =>
  /\bconsole\.log\(\s*(['"`])([^'"`$]*)\1\s*\)/.exec(script)?.[2] ?? null;

/**
 * `node FILE`: no JavaScript is run. A script that asks one server is played: it connects, and
 * prints what the row of its image says, else the rows of its query, else what it logs.
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
  const row = world.programs[argv.join(' ')];
  if (row !== undefined)
    return asked(world, { ...server, says: printedByRow(row), isStandIn: true });
  return asked(world, { ...server, says: rowsOf(script) ?? loggedBy(script), isStandIn: false });
};

type Asking = {
  readonly host: string;
  readonly port: number;
  /** What it prints once it has its answer; `null`: nothing. */
  readonly says: string | null;
  /** Of a given catalogue: it shows what came when its server hangs up. */
  readonly isStandIn: boolean;
};

function asked(world: ToolWorld, { host, port, says, isStandIn }: Asking): ToolOutput {
  const found = lookUp(world, host, [4]);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return failed(1, `Error: getaddrinfo ENOTFOUND ${host}\n`);
  const { failure, isClosedBehind, last } = connect(
    world,
    { protocol: 'tcp', address, port },
    null,
  );
  if (failure !== null) {
    return failed(1, `Error: connect ${errorCode[failure]} ${address}:${port}\n`);
  }
  if (isClosedBehind) return failed(1, 'Error: read ECONNRESET\n');
  const greeting = replyTo(last, '');
  if (greeting.hasEnded) {
    const lost = 'Error: Connection lost: The server closed the connection.\n';
    return failed(1, isStandIn ? greeting.text : lost);
  }
  return printed(says === null ? '' : `${says}\n`);
}
