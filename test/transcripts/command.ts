import { spawn } from 'node:child_process';

/** What one command line printed, byte for byte as UTF-8 text, and the code it ended with. */
export type CommandAnswer = { exit: number; stdout: string; stderr: string };

/** Where and how a command line runs. `secondsMax` is the time after which it is killed. */
export type CommandPlace = { env: Record<string, string>; folder: string; secondsMax: number };

/** The code that `timeout` of coreutils gives, kept so that a reader recognises it. */
const timedOutCode = 124;

/** Runs one shell line and waits for its end. A line that takes too long ends with code 124. */
export function runLine(line: string, place: CommandPlace): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let isLate = false;
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    const clock = setTimeout(() => {
      isLate = true;
      // The whole group: a shell line may have children that hold the pipes open.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, place.secondsMax * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(clock);
      resolve({
        exit: isLate ? timedOutCode : (code ?? timedOutCode),
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      });
    });
  });
}

/** A word that the shell reads as exactly this text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
