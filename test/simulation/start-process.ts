import { fork } from 'node:child_process';
import { join } from 'node:path';

/** What a run of the simulation apart needs. */
export type Apart = {
  /** A program of this folder that sends one message to its parent. */
  readonly program: string;
  readonly args: readonly string[];
  /** Name of a planted fault, or empty. */
  readonly fault: string;
};

/**
 * Runs a program of the simulation on the sources, in a process of its own: on a processor of its
 * own, and with its own copy of the modules, which can hold a fault.
 *
 * @returns the message that it sent
 * @throws Error with what it printed when it ended without one
 */
export const runApart = <T>(apart: Apart): Promise<T> => inTurn(() => answerOf<T>(apart));

/** As many at a time as a small machine has processors; the others wait. */
const processesMax = 2;
const waiting: (() => void)[] = [];
let processes = 0;

/** What `runApart` does, when it is its turn. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (processes === processesMax) await new Promise<void>((go) => waiting.push(go));
  else processes += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) processes -= 1;
    else next();
  }
}

async function answerOf<T>({ program, args, fault }: Apart): Promise<T> {
  const path = (file: string): string => join(import.meta.dirname, file);
  const child = fork(path(program), args, {
    execArgv: [
      '--conditions=@netfold/source',
      '--max-semi-space-size=32',
      '--import',
      path('plant-fault.ts'),
    ],
    env: { ...process.env, NODE_OPTIONS: '', NETFOLD_PLANTED_FAULT: fault },
    serialization: 'advanced',
    silent: true,
  });
  let message: { readonly value: T } | null = null;
  let printed = '';
  child.on('message', (value) => (message = { value: value as T }));
  child.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (printed += text.toString()));
  await new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  const said = message as { readonly value: T } | null;
  if (said === null) throw new Error(`${program} ended without an answer:\n${printed}`);
  return said.value;
}
