import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../e2e/server.ts';
import { EngineClient } from './engine-client.ts';
import { GatewayClient } from './gateway-client.ts';
import { gatewaysOf } from './installation.ts';

const runs = 1_000;
/** Labs that are used side by side, each with its share of the runs. */
const labs = 8;
const runsMsMax = 240_000;

let server: TestServer;
let first: GatewayClient;
let second: GatewayClient;

beforeAll(async () => {
  server = await TestServer.start();
  [first, second] = gatewaysOf(server).map((url) => new GatewayClient([url], server.token)) as [
    GatewayClient,
    GatewayClient,
  ];
}, 120_000);

afterAll(() => server.stop());

const payload = 'version userErrors { message }';

async function createLab(name: string): Promise<string> {
  const { labCreate } = await first.ask<{
    readonly labCreate: { readonly lab: { readonly labId: string } };
  }>(`mutation ($i: LabCreateInput!) { labCreate(input: $i) { lab { labId } ${payload} } }`, {
    i: { name, hosts: [{ name: 'h1' }] },
  });
  return labCreate.lab.labId;
}

type Found = {
  readonly lab: { readonly host: { readonly dockerHost: string | null } | null } | null;
};

/** Where a gateway answers for the host, asked once. */
async function dockerHostAt(gateway: GatewayClient, labId: string): Promise<string> {
  const { lab } = await gateway.ask<Found>(
    'query ($labId: ID!) { lab(id: $labId) { host(name: "h1") { dockerHost } } }',
    { labId },
  );
  const dockerHost = lab?.host?.dockerHost;
  if (dockerHost === undefined || dockerHost === null) throw new Error(`no engine in ${labId}`);
  return dockerHost;
}

/** @returns runs that the other gateway did not show at once */
async function runsUnseen(labId: string, count: number): Promise<readonly string[]> {
  const here = new EngineClient(await dockerHostAt(first, labId));
  const there = new EngineClient(await dockerHostAt(second, labId));
  const unseen: string[] = [];
  for (let run = 0; run < count; run += 1) {
    const name = `c${run}`;
    const id = await here.run(name);
    if (!(await there.ps()).includes(id)) unseen.push(`${labId} ${name}`);
  }
  here.close();
  there.close();
  return unseen;
}

test(
  'a container that is run through one gateway is listed by the other, 1,000 times',
  async () => {
    const labIds = await Promise.all(
      Array.from({ length: labs }, (_, at) => createLab(`seen-${at}`)),
    );
    const unseen = await Promise.all(labIds.map((labId) => runsUnseen(labId, runs / labs)));
    expect(unseen.flat()).toEqual([]);
  },
  runsMsMax,
);

test('the engine of a lab that one gateway made answers at the other at once', async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    const labId = await createLab(`engine-${turn}`);
    const there = new EngineClient(await dockerHostAt(second, labId));
    expect(await there.ps()).toEqual([]);
    there.close();
  }
});

test('a lab that is made or removed through one gateway is so in the other’s list', async () => {
  const listed = async (): Promise<readonly string[]> => {
    const { labs: page } = await second.ask<{
      readonly labs: { readonly nodes: readonly { readonly labId: string }[] };
    }>('{ labs(first: 200) { nodes { labId } } }');
    return page.nodes.map(({ labId }) => labId);
  };
  for (let turn = 0; turn < 10; turn += 1) {
    const labId = await createLab(`listed-${turn}`);
    expect(await listed()).toContain(labId);
    await first.ask(`mutation ($i: LabRemoveInput!) { labRemove(input: $i) { ${payload} } }`, {
      i: { lab: labId },
    });
    expect(await listed()).not.toContain(labId);
  }
});

test('how a command ended is told by either gateway, to those it concerns', async () => {
  const commandId = `told-${process.pid}`;
  const labId = await createLab('told');
  const mutation = `mutation ($i: NetworkCreateInput!) { networkCreate(input: $i) { ${payload} } }`;
  const input = { lab: labId, host: 'h1', name: 'web', commandId };
  const { networkCreate } = await first.ask<{
    readonly networkCreate: { readonly version: number };
  }>(mutation, { i: input });
  const query = 'query ($id: ID!) { command(id: $id) { commandId version } }';
  const told = await second.ask(query, { id: commandId });
  expect(told).toEqual({ command: { commandId, version: networkCreate.version } });
  expect(await second.ask(query, { id: 'never sent' })).toEqual({ command: null });
});
