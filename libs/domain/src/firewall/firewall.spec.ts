import type { FirewallEdit } from '@netfold/contracts';
import { hostIn, labAfter } from '@netfold/testkit';
import { expect, test } from 'vitest';

const place = { family: 4, table: 'filter', chain: 'INPUT', rank: 'Z1' } as const;
const add: FirewallEdit = {
  kind: 'addRule',
  rule: { ...place, match: {}, target: { kind: 'ACCEPT' } },
};
const remove: FirewallEdit = {
  kind: 'removeRule',
  place: { ...place, networkId: null, endpointId: null },
};
const edit = (...edits: readonly FirewallEdit[]) =>
  ({ type: 'EditFirewall', host: 'h1', edits }) as const;

test('two rules made by hand have not one place', () => {
  const scene = labAfter(edit(add));
  scene.when(edit(add)).thenRefused('conflict', /stands at this place/);
  scene.when(edit(remove, add, add)).thenRefused('conflict', /stands at this place/);
  const replaced = scene.when(edit(remove, add)).thenAccepted();
  expect(hostIn(replaced).firewall?.rules).toHaveLength(1);
});
