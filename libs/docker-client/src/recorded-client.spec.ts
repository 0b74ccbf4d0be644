import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClientOutput } from './client-call.ts';
import { docker } from './docker.ts';
import type { EngineCall, EngineReply, PrintedPiece } from './engine-call.ts';

type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON, in base64. */
  readonly bytes?: string;
  readonly input?: string;
  readonly status: number;
  readonly text: string;
  readonly pathStat?: string;
  readonly pieces?: readonly PrintedPiece[];
};

type Line = {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What lay where the client was started. */
  readonly files?: Readonly<Record<string, string>>;
  readonly now: number;
  readonly exchanges: readonly Exchange[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

const folder = join(import.meta.dirname, '../recordings');
const sessions = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** What is asked, as far as it must be the same. */
const asked = ({ method, path, body, bytes, input }: Partial<Exchange>): string =>
  JSON.stringify([method, path, sorted(body), bytes ?? null, input ?? '']);

/** Members in one order, those without a value left out: Go and JavaScript differ in both. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members
      .map(([key, member]) => [key, sorted(member)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
};

const bodyOf = ({ body }: EngineCall): Partial<Exchange> =>
  body instanceof Uint8Array
    ? { body: undefined, bytes: Buffer.from(body).toString('base64') }
    : { body };

/** The engine of a recording: it answers what was asked then, once each. */
class RecordedEngine {
  readonly #waiting: Exchange[];

  constructor(exchanges: readonly Exchange[]) {
    this.#waiting = [...exchanges];
  }

  get unasked(): readonly string[] {
    return this.#waiting.map(asked);
  }

  readonly ask = (call: EngineCall): EngineReply => {
    const wanted = asked({ ...call, ...bodyOf(call) });
    const at = this.#waiting.findIndex((one) => asked(one) === wanted);
    const [found] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (found === undefined) {
      expect(wanted, 'the genuine client does not ask this').toBe(this.unasked[0] ?? null);
      throw new Error('unreachable');
    }
    const { status, text, pathStat, pieces = [] } = found;
    const stat = pathStat === undefined ? {} : { pathStat };
    const meanwhile = (call.meanwhile ?? []).map((one) => this.ask(one));
    return { status, text, ...stat, pieces, isOpen: false, meanwhile };
  };
}

/** Leaves a run that asks what was not asked before, as the shell of a host does. */
class Asked extends Error {
  readonly call: EngineCall;

  constructor(call: EngineCall) {
    super(call.path);
    this.call = call;
  }
}

/** Runs a line from its beginning for each answer that it gets, as the shell of a host does. */
const runAgain = (line: Line, engine: RecordedEngine): ClientOutput => {
  const replies: EngineReply[] = [];
  for (;;) {
    let at = 0;
    const ask = (call: EngineCall): EngineReply => {
      const known = replies[at];
      if (known === undefined) throw new Asked(call);
      at += 1;
      return known;
    };
    try {
      return docker({
        argv: line.argv,
        stdin: { text: line.stdin ?? '' },
        environment: new Map([['HOME', '/root'], ...Object.entries(line.environment ?? {})]),
        now: line.now,
        ask,
        readFile: (path) => line.files?.[path] ?? null,
      });
    } catch (error) {
      if (!(error instanceof Asked)) throw error;
      replies.push(engine.ask(error.call));
    }
  }
};

const play = (line: Line) => {
  const engine = new RecordedEngine(line.exchanges);
  const output = runAgain(line, engine);
  const textOf = (stream: string): string =>
    output.pieces
      .filter((one) => one.stream === stream)
      .map(({ text }) => text)
      .join('');
  expect(engine.unasked, 'the genuine client asks this as well').toEqual([]);
  const { exitCode } = output;
  return { exitCode, stdout: textOf('stdout'), stderr: textOf('stderr') };
};

for (const session of sessions) {
  const lines = JSON.parse(readFileSync(join(folder, session), 'utf8')) as readonly Line[];
  test.each(lines.map((line, at) => [`${at + 1}: docker ${line.argv.join(' ')}`, line] as const))(
    `${session} %s`,
    (_, line) => {
      const { exitCode, stdout, stderr } = line;
      expect(play(line)).toEqual({ exitCode, stdout, stderr });
    },
  );
}
