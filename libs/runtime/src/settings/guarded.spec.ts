import { expect, test } from 'vitest';
import { demandGuarded } from './guarded.ts';
import { anyAddressSetting, behindProxySetting } from './settings-of-all.ts';
import { readSettings } from './settings.ts';

const settings = { address: anyAddressSetting, behindProxy: behindProxySetting };
const read = (environment: Record<string, string>) =>
  readSettings('gateway', settings, [], environment);

test.each(['0.0.0.0', '::', '192.168.1.5'])(
  '%s is refused while no proxy is declared',
  (address) => {
    const alone = read({ NETFOLD_ADDRESS: address });
    expect(() => demandGuarded(alone)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'NF1504' }) }),
    );
    const guarded = read({ NETFOLD_ADDRESS: address, NETFOLD_BEHIND_PROXY: 'labs.example.org' });
    expect(() => demandGuarded(guarded)).not.toThrow();
  },
);

test.each(['127.0.0.1', '127.3.2.1', '::1'])('%s needs no proxy', (address) => {
  expect(() => demandGuarded(read({ NETFOLD_ADDRESS: address }))).not.toThrow();
});

test('the names of the proxy are read from a list, and nothing else is taken for one', () => {
  expect(read({}).behindProxy).toEqual([]);
  expect(read({ NETFOLD_BEHIND_PROXY: 'a.example,localhost' }).behindProxy).toEqual([
    'a.example',
    'localhost',
  ]);
  for (const wrong of ['yes ', 'a.example:443', 'https://a.example', 'a,,b', ',']) {
    expect(() => read({ NETFOLD_BEHIND_PROXY: wrong })).toThrow('NETFOLD_BEHIND_PROXY');
  }
  expect(() => read({ NETFOLD_ADDRESS: 'gateway' })).toThrow('NETFOLD_ADDRESS');
});
