import { localQuotas } from '@netfold/application';
import { actorOf, OneLab } from '@netfold/testkit';
import { GraphqlDesk } from '@netfold/testkit/graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labIdFor } from './envelope.ts';

const labId = labIdFor('local', 'make');
const observer = actorOf({ id: 'user-eye', role: 'observer' });
let lab: OneLab;
let desk: GraphqlDesk<OneLab>;

type Tree = { readonly [name: string]: Tree } & readonly Tree[] & string;

async function ask(source: string, actor = actorOf()): Promise<Tree> {
  const { data, errors } = await desk.ask(source, {}, actor);
  expect(errors).toEqual([]);
  return (data as unknown as { readonly lab: Tree }).lab;
}

async function give(mutation: string, input: object): Promise<void> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const fields = 'userErrors { message }';
  const source = `mutation M($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`;
  const { data, errors } = await desk.ask(source, { input });
  expect({ data, errors }).toEqual({ data: { [mutation]: { userErrors: [] } }, errors: [] });
}

const tokens = `{ lab(id: "${labId}") { host(name: "h1") {
  swarm { joinTokens { worker manager } } } } }`;

beforeAll(async () => {
  lab = new OneLab(labId, () => Date.UTC(2026, 0, 1));
  desk = new GraphqlDesk(localQuotas, lab);
  const hosts = [{ name: 'h1' }, { name: 'h2' }];
  await give('labCreate', { name: 'first', commandId: 'make', hosts });
  await give('swarmInit', { lab: labId, host: 'h1' });
  const found = (await ask(tokens))['host']?.['swarm']?.['joinTokens'];
  const joined = { remoteAddresses: ['192.168.50.11:2377'], token: found?.['worker'] };
  await give('swarmJoin', { lab: labId, host: 'h2', ...joined });
  const overlay = { name: 'net', driver: 'overlay', isAttachable: true };
  await give('networkCreate', { lab: labId, host: 'h1', ...overlay });
  const run = { lab: labId, image: 'nginx', networkMode: 'net' };
  await give('containerRun', { ...run, host: 'h1', name: 'one' });
  await give('containerRun', { ...run, host: 'h2', name: 'two' });
});
afterAll(() => lab.close());

const namesAt = (host: string): string => `{ lab(id: "${labId}") { host(name: "${host}") {
  network(reference: "net") { dnsNames(first: 9) { totalCount nodes { name host { name } } } }
  dnsNames(first: 9) { nodes { name } } } } }`;

test.each(['h1', 'h2'])('an overlay knows its members on every host, asked on %s', async (host) => {
  const found = (await ask(namesAt(host)))['host'];
  expect(found?.['network']?.['dnsNames']).toMatchObject({
    nodes: expect.arrayContaining([
      { name: 'one', host: { name: 'h1' } },
      { name: 'two', host: { name: 'h2' } },
    ]),
  });
  expect(found?.['dnsNames']).toMatchObject({
    nodes: expect.arrayContaining([{ name: 'one' }, { name: 'two' }]),
  });
});

test('an endpoint is called as its container, one of the engine as its sandbox', async () => {
  const fields = 'endpoints(first: 9) { nodes { name networkName sandbox { sandboxId } } }';
  const { host } = await ask(`{ lab(id: "${labId}") { host(name: "h1") { ${fields} } } }`);
  const nodes = host?.['endpoints']?.['nodes'] as unknown as readonly Tree[];
  const named = nodes.map(({ name, networkName }) => `${networkName} ${name}`).toSorted();
  const own = nodes.find(({ networkName }) => networkName === 'net');
  const sandboxId: string = own?.['sandbox']?.['sandboxId'] ?? '';
  const gateway = `gateway_${sandboxId.slice(0, 12)}`;
  expect(named).toEqual(
    ['docker_gwbridge gateway_ingress-sbox', `docker_gwbridge ${gateway}`, 'net one'].toSorted(),
  );
});

test("the host's forwarding entries are its own stack's, an overlay's stand at it", async () => {
  const entries = '(first: 200) { nodes { namespace device } }';
  const { host } = await ask(`{ lab(id: "${labId}") { host(name: "h1") { forwardings${entries}
    network(reference: "net") { networkId forwardings${entries} } } } }`);
  const of = (at: Tree | undefined) => at?.['forwardings']?.['nodes'] as unknown as readonly Tree[];
  expect(new Set(of(host).map(({ namespace }) => namespace))).toEqual(new Set(['']));
  const network = host?.['network'];
  const inside = new Set(of(network).map(({ namespace }) => namespace));
  expect(inside).toEqual(new Set([`overlay/${network?.['networkId']}`]));
});

test('join tokens are for who may remove the lab, and hidden in facts from others', async () => {
  const seen = (await ask(tokens))['host']?.['swarm']?.['joinTokens'];
  expect(seen?.['manager']).toMatch(/^SWMTKN-1-[0-9a-z]+-[0-9a-z]+$/);
  const hidden = await ask(tokens, observer);
  expect(hidden['host']?.['swarm']).toEqual({ joinTokens: null });
  const facts = `{ lab(id: "${labId}") { commits(first: 9) { nodes { facts { type data } } } } }`;
  expect(JSON.stringify(await ask(facts))).toContain(seen?.['worker']);
  const told = JSON.stringify(await ask(facts, observer));
  expect(told).toContain('"workerToken":"SWMTKN-1-hidden"');
  expect(told).not.toMatch(/SWMTKN-1-[0-9a-z]+-[0-9a-z]+/);
});
