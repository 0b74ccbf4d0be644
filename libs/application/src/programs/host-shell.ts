import type { CommandBody, HostName, LabId } from '@netfold/contracts';
import type { EngineCall, EngineReply } from '@netfold/docker-client';
import { EngineAsked, hostWorld, noInput } from '@netfold/tooltext';
import type { Asked, EngineTalk, Place, ToolWorld } from '@netfold/tooltext';
import type { CommandResult } from '../command-request.ts';
import type { LabStates } from '../lab-states.ts';
import { doneIn, runProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';
import { teaches } from './traffic.ts';

/** What a command on a lab host printed. */
export type HostShellResult = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

/** So long a program that would never end is listened to. */
const endlessShownMs = 2_000;
/** What a program that would never end is said to have ended with. */
const endlessExitCode = 124;

/** Who runs a line on a host, and where its facts go. */
export type HostShell = {
  readonly states: LabStates;
  readonly clock: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly submit: (body: CommandBody, expectedVersion: number | null) => Promise<CommandResult>;
  /** Asks the engine of the host, as the one who typed the line. */
  readonly askEngine: (call: EngineCall) => Promise<EngineReply>;
};

type HostAt = { readonly labId: LabId; readonly host: HostName };

/** How long the facts of a line are waited for before its user sees its end. */
const readableMs = 10_000;

/** A line that edits is run anew when somebody else changed the lab meanwhile: so often. */
const attemptsMax = 16;

/** What one line may cost its engine. */
export const engineLineLimits = {
  /** How often it may ask. */
  callsMax: 300,
  /** How long it may run while it asks, milliseconds. */
  durationMsMax: 60_000,
};

/**
 * Runs one command in the shell of a lab host, as root. It reads committed state; what it edits
 * and what its packets taught is one commit of its own, of the very version that it read.
 *
 * A line that asks the engine is run from its beginning again with each reply: what it did before
 * it asked is a fact then.
 *
 * @param argv  the command's words, `['sh', '-c', 'ip link | head -2']`
 * @returns `null` when there is no such lab or host
 */
export const runHostShell = async (
  shell: HostShell,
  at: HostAt,
  argv: readonly string[],
): Promise<HostShellResult | null> => {
  const found = await placeAt(shell, at);
  return found === null ? null : new HostLine(shell, at, found).run(argv);
};

type Found = { readonly place: Place; readonly version: number };

const placeAt = async (shell: HostShell, { labId, host }: HostAt): Promise<Found | null> => {
  const found = await shell.states.committed(labId);
  if (found?.lab.state !== 'active') return null;
  const there = found.lab.hosts.get(host);
  if (there === undefined) return null;
  return {
    place: { lab: found.lab, labId, host: there, now: shell.clock() },
    version: found.version,
  };
};

/** One line on its way. */
class HostLine {
  readonly #shell: HostShell;
  readonly #at: HostAt;
  readonly #startedMs: number;
  #first: Place;
  /** Of the lab that the line saw last. */
  #version: number;
  readonly #asked: Asked[] = [];
  #isLate = false;

  constructor(shell: HostShell, at: HostAt, { place, version }: Found) {
    this.#shell = shell;
    this.#at = at;
    this.#startedMs = place.now;
    this.#first = place;
    this.#version = version;
  }

  async run(argv: readonly string[]): Promise<HostShellResult | null> {
    let attempt = 1;
    for (;;) {
      const world = hostWorld(this.#first, this.#talk);
      const end = played(world, argv);
      if (end === null) return notFound(argv[0] ?? '');
      if (end instanceof EngineAsked && this.#leftMs(end) === null) {
        // It ends where it asks: what it did before that is told once, then.
        this.#isLate = true;
        continue;
      }
      const done = end instanceof EngineAsked ? doneIn(world) : end;
      const refusal = await this.#commit(done);
      if (refusal !== null && refusal.isStale && attempt < attemptsMax) {
        attempt += 1;
        if (!(await this.#renew())) return null;
        continue;
      }
      const stdout = end instanceof EngineAsked ? '' : printedBy(end).stdout;
      if (refusal !== null) return { stdout, stderr: refusal.text, exitCode: refusedExitCode };
      if (!(end instanceof EngineAsked)) return printedBy(end);
      attempt = 1;
      if (!(await this.#ask(end))) return null;
    }
  }

  get #talk(): EngineTalk {
    const { callsMax, durationMsMax } = engineLineLimits;
    let closed: string | null = null;
    if (this.#isLate) closed = `a line may run ${durationMsMax / 1_000} s while it asks its engine`;
    if (this.#asked.length >= callsMax) closed = `a line may ask its engine ${callsMax} times`;
    return { asked: this.#asked, closed };
  }

  /** @returns why it cannot be; `null`: it is a fact, or there was nothing to tell */
  async #commit({
    commands,
    traffic,
  }: Pick<ProgramRun, 'commands' | 'traffic'>): Promise<Refused | null> {
    const told = commandOf({ commands, traffic });
    if (told === null) return null;
    const expectedVersion = commands.length > 0 ? this.#version : null;
    const { outcome, labVersion } = await this.#shell.submit(told, expectedVersion);
    await this.#shell.states.waitFor(this.#at.labId, labVersion, readableMs);
    if (outcome.kind === 'accepted') return null;
    const { code, message } = outcome.refusal;
    return { isStale: code === 'VersionConflict', text: `netfold: ${message}\n` };
  }

  /** What a line has to wait until so much time has passed as it has run; `null`: too long. */
  #leftMs({ elapsedMs }: EngineAsked): number | null {
    const passedMs = this.#shell.clock() - this.#startedMs;
    if (Math.max(elapsedMs, passedMs) > engineLineLimits.durationMsMax) return null;
    return Math.max(elapsedMs - passedMs, 0);
  }

  /** Lets the time pass that the line has run, and asks. @returns false: the host is gone */
  async #ask(asked: EngineAsked): Promise<boolean> {
    const { call } = asked;
    const leftMs = this.#leftMs(asked) ?? 0;
    if (leftMs > 0) await this.#shell.wait(leftMs);
    const reply = await this.#shell.askEngine(call);
    const found = await placeAt(this.#shell, this.#at);
    if (found === null) return false;
    this.#asked.push({ call, reply, after: found.place });
    this.#version = found.version;
    return true;
  }

  /** Somebody else changed the lab: what the line does next, it does to what is there now. */
  async #renew(): Promise<boolean> {
    const found = await placeAt(this.#shell, this.#at);
    if (found === null) return false;
    this.#version = found.version;
    const last = this.#asked.pop();
    if (last === undefined) this.#first = found.place;
    else this.#asked.push({ ...last, after: found.place });
    return true;
  }
}

type Refused = { readonly isStale: boolean; readonly text: string };

/** What a line edited could not be made a fact. */
const refusedExitCode = 4;

const notFound = (name: string): HostShellResult => ({
  stdout: '',
  stderr: `sh: 1: ${name}: not found\n`,
  exitCode: 127,
});

/** To its end, or to where it asks its engine something new. */
const played = (world: ToolWorld, argv: readonly string[]): ProgramRun | EngineAsked | null => {
  try {
    return runProgram(world, argv, noInput);
  } catch (error) {
    if (error instanceof EngineAsked) return error;
    throw error;
  }
};

/** What the line did, as one command; `null` when it did nothing. */
const commandOf = ({
  commands,
  traffic,
}: Pick<ProgramRun, 'commands' | 'traffic'>): CommandBody | null => {
  const taught = { type: 'ReportTraffic', traffic } as const;
  const all = teaches(traffic) ? [...commands, taught] : commands;
  const [first, second] = all;
  if (first === undefined) return null;
  return second === undefined ? first : { type: 'ApplyBatch', commands: all };
};

const printedBy = (output: ProgramRun): HostShellResult => {
  const { durationMs, endlessFromMs = 0 } = output;
  const shownMs = durationMs === null ? endlessFromMs + endlessShownMs : Infinity;
  const text = (stream: 'stdout' | 'stderr'): string =>
    output.pieces
      .filter((piece) => piece.stream === stream && (piece.atMs ?? 0) <= shownMs)
      .map((piece) => piece.text)
      .join('');
  return {
    stdout: text('stdout'),
    stderr: text('stderr'),
    exitCode: durationMs === null ? endlessExitCode : output.exitCode,
  };
};
