import { expect, test } from 'vitest';
import { portSetting, logLevelSetting } from './settings-of-all.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { readSettings } from './settings.ts';

const settings = { port: portSetting(4000), logLevel: logLevelSetting };
const read = (args: readonly string[], environment: Record<string, string> = {}) =>
  readSettings('netfold up', settings, args, environment);

test('arguments win over the environment, which wins over the defaults', () => {
  expect(read([])).toEqual({ port: 4000, logLevel: 'info' });
  expect(read([], { NETFOLD_PORT: '5000' }).port).toBe(5000);
  expect(read(['--port', '0'], { NETFOLD_PORT: '5000' }).port).toBe(0);
});

test.each([
  [['--port', '70000'], {}, 'NF1002', '--port or NETFOLD_PORT'],
  [[], { NETFOLD_LOG_LEVEL: 'loud' }, 'NF1002', '--log-level or NETFOLD_LOG_LEVEL'],
  [['--nonsense'], {}, 'NF1001', 'the arguments could not be understood'],
])('%j with %j is refused with its name', (args, environment, code, words) => {
  const refused = () => read(args, environment);
  expect(refused).toThrow(NetfoldProblem);
  expect(refused).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
  expect(refused).toThrow(words);
});
