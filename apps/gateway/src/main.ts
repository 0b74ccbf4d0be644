import { makeLogger, runMain, runService } from '@netfold/runtime';
import { readConfiguration } from './configuration.ts';
import { serve } from './serve.ts';

await runMain(async () => {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  const logger = makeLogger(configuration.instance, configuration.logLevel);
  await runService(() => serve(configuration, logger), logger);
  logger.info('ready');
  return null;
});
