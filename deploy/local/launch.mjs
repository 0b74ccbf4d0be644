import { spawn } from 'node:child_process';
import { pinnedNode } from './workspace.mjs';

/**
 * Runs a program on the pinned Node in this program's place: same terminal, same signals, same
 * exit code.
 *
 * @param args  arguments of Node: the script and its own arguments
 * @param env   added to the environment
 */
export function launch(args, env = {}) {
  const child = spawn(pinnedNode, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // A terminal sends Ctrl-C to the whole process group, so the child has it already; a second one
  // would ask it to stop at once. SIGINT from elsewhere (`kill -INT`) must be passed on.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`error: ${pinnedNode} could not be started\n  cause: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    // Die as the child did, so that the caller sees the signal too.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
