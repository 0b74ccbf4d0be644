import { replyTo } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { connect, failureText } from './connect.ts';
import { lookUp } from './lookup.ts';
import { readOptions } from './options.ts';

const usualHost = '127.0.0.1';
const usualPort = 6379;

/**
 * `redis-cli`, which asks whether its server is there. No data is kept in a lab, so that `PING` is
 * the one command; each other one says so.
 *
 * @source redis/redis src/redis-cli.c cliConnect
 */
export const redisCli: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: '23cx', valued: 'hpanrids' });
  const [command, ...words] = options.rest.filter((word) => !word.startsWith('--'));
  if (command === undefined) return failed(1, 'netfold: the prompt of `redis-cli` is not played\n');
  const host = options.values.get('h') ?? usualHost;
  const port = Number(options.values.get('p') ?? usualPort);
  const refused = (why: string) =>
    failed(1, `Could not connect to Redis at ${host}:${port}: ${why}\n`);
  const found = lookUp(world, host, [4, 6]);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return refused('Name or service not known');
  const { failure, isClosedBehind, last } = connect(
    world,
    { protocol: 'tcp', address, port },
    null,
  );
  if (failure !== null) return refused(failureText[failure]);
  if (command.toUpperCase() !== 'PING' || words.length > 0) {
    return failed(1, `netfold: \`${command}\` is not played: no data is kept in a lab\n`);
  }
  const { text } = isClosedBehind ? { text: '' } : replyTo(last, 'PING\n');
  return text.startsWith('+')
    ? printed(text.slice(1))
    : failed(1, 'Error: Server closed the connection\n');
};
