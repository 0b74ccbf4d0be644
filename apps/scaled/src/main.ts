import { Started, runMain, stopOnSignals } from '@netfold/runtime';
import { readConfiguration } from './configuration.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

/** Services, Kafka and the databases one after the other. */
const stopMsMax = 90_000;

/** `npm run scaled`: serves until a signal. */
await runMain(async () => {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  const began = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  };
  const started = new Started();
  // From the beginning: what has been started so far is stopped again.
  stopOnSignals(() => started.stop(), stopMsMax);
  const installation = await install(configuration, say, started).catch(async (error: unknown) => {
    await started.stop();
    throw error;
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`Netfold, scaled, is ready after ${seconds} s\n${overview(installation)}`);
  return null;
});

function overview({ urls, tokenPath, parts }: Installation): string {
  const rows = parts.map(({ name, at, processId }) => {
    const process = String(processId() ?? '').padStart(8);
    return `  ${name.padEnd(16)} ${process}  ${at}\n`;
  });
  const gateways = urls.map((url) => `${url}/graphql`).join('  ');
  return `  GraphQL    ${gateways}\n  token      ${tokenPath}\n\n${rows.join('')}`;
}
