import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostileLab } from './hostile-lab.ts';

/** What a host may have, its own three networks among them. */
const networksMax = 200;
/** Networks that are made and removed again. */
const roundsOfBatch = 100;
const batches = 20;

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

type Created = {
  readonly networkCreate: {
    readonly effects: { readonly totalCount: number } | null;
    readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  };
};

async function create(name: string) {
  const { networkCreate } = await lab.server.ask<Created>(
    'mutation($i: NetworkCreateInput!) { networkCreate(input: $i) {' +
      ' effects(first: 1) { totalCount } userErrors { code message } } }',
    { i: { lab: lab.labId, host: 'h1', name } },
  );
  return { effects: networkCreate.effects?.totalCount, errors: networkCreate.userErrors };
}

async function apply(commands: readonly object[]): Promise<void> {
  const { commandsApply } = await lab.server.ask<{
    readonly commandsApply: { readonly failedIndex: number | null };
  }>('mutation($i: CommandsApplyInput!) { commandsApply(input: $i) { failedIndex } }', {
    i: { lab: lab.labId, commands },
  });
  expect(commandsApply.failedIndex).toBeNull();
}

const creating = (name: string): object => ({ networkCreate: { host: 'h1', name } });
const removing = (network: string): object => ({ networkRemove: { host: 'h1', network } });

test('input 103: a network costs the last time what it cost the first time', async () => {
  const first = await create('first');
  expect(first.errors).toEqual([]);
  expect(first.effects).toBeGreaterThan(0);
  await apply([removing('first')]);
  for (let batch = 0; batch < batches; batch += 1) {
    const names = Array.from({ length: roundsOfBatch }, (_, at) => `n${batch}-${at}`);
    await apply(names.flatMap((name) => [creating(name), removing(name)]));
  }
  const last = await create('last');
  expect(last).toEqual(first);
  await apply([removing('last')]);
}, 60_000);

test('input 103: of those at a time there is a limit, below which each costs alike', async () => {
  const pools = Array.from({ length: networksMax - 4 }, (_, at) => ({
    networkCreate: { host: 'h1', name: `p${at}`, pools: [{ subnet: `10.1.${at}.0/24` }] },
  }));
  const first = await create('alone');
  await apply([removing('alone'), ...pools]);
  const last = await create('last');
  // One position of a rule more or less is no more work.
  expect(last).toEqual(first);
  const beyond = await create('beyond');
  expect(beyond.errors).toMatchObject([{ code: 'NF2003' }]);
  expect(beyond.errors[0]?.message).toContain(`limit of ${networksMax} networks on a host`);
  await apply([removing('p7')]);
  expect((await create('instead')).errors).toEqual([]);
  expect(await lab.isWell()).toBe(true);
}, 60_000);
