import { runCli } from './cli/run.ts';

const { stdout, stderr, exitCode } = await runCli(process.argv.slice(2), process.env);
process.exitCode = exitCode;
process.stdout.write(stdout);
process.stderr.write(stderr);
