import { packageVersion } from '@netfold/configuration';
import { makeLogger, runService } from '@netfold/runtime';
import { readConfiguration } from '../configuration/configuration.ts';
import { serve } from './serve.ts';

/** `netfold up`: serves until a signal. @returns `null`: the process goes on */
export async function up(args: readonly string[]): Promise<null> {
  const configuration = readConfiguration(args, process.env);
  const logger = makeLogger('netfold', configuration.logLevel);
  const began = performance.now();
  const started = await serve(configuration, logger);
  const server = await runService(() => Promise.resolve(started), logger);
  const version = packageVersion(import.meta.url);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `Netfold ${version} is ready after ${seconds} s\n` +
      `  GraphQL    ${server.url}/graphql\n` +
      `  GraphiQL   ${server.url}/graphiql\n` +
      `  token      ${server.tokenPath}\n` +
      `  data       ${server.dataFolder}\n` +
      `  database   ${server.databaseDescription}\n` +
      `  health     ${server.url}/readyz\n` +
      (server.dockerTls === null ? '' : `  Docker     ${server.dockerTls} (TLS)\n`),
  );
  logger.info({ url: server.url, version }, 'ready');
  return null;
}
