import { isShell, scriptOf, simpleCommands } from './shell-script.ts';

export type ProgramEnd = { readonly afterMs: number; readonly exitCode: number };

/** Nothing starts and ends in no time. */
const shortestRunMs = 10;
const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const sleepMsMax = 100 * 365 * 86_400_000;

/**
 * When a command ends by itself, where its words alone tell: sleeping, ending at once, a shell
 * that has nobody to read from. Tools that do something end when whoever runs them says so.
 */
export function endOfCommand(
  argv: readonly string[],
  terminal: { readonly hasInput: boolean },
): ProgramEnd | null {
  const script = scriptOf(argv);
  if (script !== null) return endOfScript(script);
  if (argv.length === 1 && isShell(argv[0] ?? '')) {
    return terminal.hasInput ? null : { afterMs: shortestRunMs, exitCode: 0 };
  }
  const step = stepOf(argv);
  if (step === null || step.afterMs > sleepMsMax) return null;
  return { afterMs: Math.max(step.afterMs, shortestRunMs), exitCode: step.exitCode };
}

function endOfScript(script: string): ProgramEnd | null {
  let afterMs = 0;
  let exitCode = 0;
  for (const command of simpleCommands(script) ?? [['?']]) {
    const [program, argument] = command;
    if (program === 'exit') {
      exitCode = argument === undefined ? exitCode : Number(argument) & 255;
      break;
    }
    const step = stepOf(program === 'exec' ? command.slice(1) : command);
    if (step === null || step.afterMs > sleepMsMax) return null;
    afterMs += step.afterMs;
    exitCode = step.exitCode;
  }
  return { afterMs: Math.max(afterMs, shortestRunMs), exitCode };
}

function stepOf(command: readonly string[]): ProgramEnd | null {
  const [program = '', ...rest] = command;
  const name = program.replace(/^\/(?:usr\/)?bin\//, '');
  if (name === 'true' || name === ':') return { afterMs: 0, exitCode: 0 };
  if (name === 'false') return { afterMs: 0, exitCode: 1 };
  return name === 'sleep' ? sleepOf(rest) : null;
}

/** `5`, `0.5`, `1d`, several of them; `infinity` never ends; anything else is a usage error. */
function sleepOf(durations: readonly string[]): ProgramEnd | null {
  if (durations.some((duration) => /^inf(?:inity)?$/.test(duration))) return null;
  const seconds = durations.map((duration) => {
    const match = /^([0-9]+(?:\.[0-9]+)?)([smhd]?)$/.exec(duration);
    return match === null ? Number.NaN : Number(match[1]) * (secondsPerUnit[match[2] ?? ''] ?? 1);
  });
  const total = seconds.reduce((sum, part) => sum + part, 0);
  if (seconds.length === 0 || Number.isNaN(total)) return { afterMs: 0, exitCode: 1 };
  return { afterMs: Math.round(total * 1_000), exitCode: 0 };
}
