import { localQuotas } from '@netfold/application';
import { OneLab } from '@netfold/testkit';
import { GraphqlDesk } from '@netfold/testkit/graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labIdFor } from './envelope.ts';

// What the domain answers and what the payloads look for must fit: here both are the real ones.

const labId = labIdFor('local', 'make');
let lab: OneLab;
let desk: GraphqlDesk<OneLab>;

/** One mutation, its payload; the lab of the input is filled in. */
async function give(mutation: string, input: object, fields: string): Promise<unknown> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const source = `mutation M($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`;
  const { data, errors } = await desk.ask(source, { input });
  expect(errors).toEqual([]);
  return data?.[mutation];
}

const on = (host: string, rest: object = {}) => ({ lab: labId, host, ...rest });

beforeEach(async () => {
  lab = new OneLab(labId, () => Date.UTC(2026, 0, 1));
  desk = new GraphqlDesk(localQuotas, lab);
  const hosts = [{ name: 'h1' }, { name: 'h2' }];
  const fields = 'lab { name } version userErrors { message }';
  const made = await give('labCreate', { name: 'first', commandId: 'make', hosts }, fields);
  expect(made).toEqual({ lab: { name: 'first' }, version: 1, userErrors: [] });
});
afterEach(() => lab.close());

test('a network is answered with its pool and bridge', async () => {
  const fields = 'network { name bridgeName pools { subnet gateway } } ids { name value }';
  const made = (await give('networkCreate', on('h1', { name: 'web' }), fields)) as {
    ids: { name: string; value: string }[];
  };
  const id = made.ids[0]?.value ?? '';
  expect(made).toEqual({
    network: {
      name: 'web',
      bridgeName: `br-${id.slice(0, 12)}`,
      pools: [{ subnet: '172.18.0.0/16', gateway: '172.18.0.1' }],
    },
    ids: [{ name: 'networkId', value: id }],
  });
});

test('a container that runs is answered with its endpoint, both ends and its routes', async () => {
  const container = `container { name status endpoints { ipv4 interface { name peerInterfaceIndex }
    hostInterface { name master interfaceIndex } routes { destination device } } }`;
  const made = await give('containerRun', on('h1', { name: 'c1', image: 'nginx' }), container);
  expect(made).toMatchObject({
    container: {
      name: 'c1',
      status: 'RUNNING',
      endpoints: [
        {
          ipv4: '172.17.0.2/16',
          interface: { name: 'eth0' },
          hostInterface: { master: 'docker0' },
          routes: [
            { destination: '172.17.0.0/16', device: 'eth0' },
            { destination: 'default', device: 'eth0' },
          ],
        },
      ],
    },
  });
});

test('an endpoint reads the same from the page of its host and from its container', async () => {
  await give('containerRun', on('h1', { name: 'c1', image: 'nginx' }), 'version');
  const endpoint = `id ipv4 ipv6 mac gateway interface { id name } hostInterface { id name }
    routes { id destination }`;
  const source = `{ lab(id: "${labId}") { host(name: "h1") {
    endpoints(first: 9) { nodes { ${endpoint} } }
    container(reference: "c1") { endpoints { ${endpoint} } } } } }`;
  const { data, errors } = await desk.ask(source);
  expect(errors).toEqual([]);
  type Both = {
    lab: { host: { endpoints: { nodes: unknown[] }; container: { endpoints: unknown[] } } };
  };
  const { host } = (data as never as Both).lab;
  expect(host.endpoints.nodes).toHaveLength(1);
  expect(host.container.endpoints).toEqual(host.endpoints.nodes);
});

test('what a container does to a lab is told as added, changed and removed', async () => {
  const effects = 'effects(first: 200) { nodes { kind change } }';
  type Told = { effects: { nodes: { kind: string; change: string }[] } };
  const kindsOf = (payload: unknown, change: string): readonly string[] => {
    const { nodes } = (payload as Told).effects;
    return [...new Set(nodes.filter((one) => one.change === change).map(({ kind }) => kind))];
  };
  const ran = await give('containerRun', on('h1', { name: 'c1', image: 'nginx' }), effects);
  expect(kindsOf(ran, 'ADDED')).toEqual(
    expect.arrayContaining(['CONTAINER', 'ENDPOINT', 'SANDBOX', 'INTERFACE', 'ROUTE', 'PROCESS']),
  );
  expect(kindsOf(ran, 'CHANGED')).toContain('INTERFACE');
  expect(kindsOf(ran, 'REMOVED')).toEqual([]);
  const stopped = await give('containerStop', on('h1', { container: 'c1' }), effects);
  expect(kindsOf(stopped, 'CHANGED')).toContain('CONTAINER');
  expect(kindsOf(stopped, 'REMOVED')).toEqual(
    expect.arrayContaining(['SANDBOX', 'INTERFACE', 'ROUTE', 'PROCESS']),
  );
});

test('containers are found again after each of their commands', async () => {
  await give('networkCreate', on('h1', { name: 'web' }), 'version');
  await give('containerCreate', on('h1', { name: 'c1', image: 'nginx' }), 'version');
  const named = (name: string, status: string) => ({ container: { name, status }, userErrors: [] });
  const fields = 'container { name status } userErrors { message }';
  const c1 = { container: 'c1' };
  expect(await give('containerStart', on('h1', c1), fields)).toEqual(named('c1', 'RUNNING'));
  expect(await give('containerPause', on('h1', c1), fields)).toEqual(named('c1', 'PAUSED'));
  expect(await give('containerUnpause', on('h1', c1), fields)).toEqual(named('c1', 'RUNNING'));
  expect(await give('containerRestart', on('h1', c1), fields)).toEqual(named('c1', 'RUNNING'));
  const web = { ...c1, network: 'web' };
  expect(await give('networkConnect', on('h1', web), fields)).toEqual(named('c1', 'RUNNING'));
  expect(await give('networkDisconnect', on('h1', web), fields)).toEqual(named('c1', 'RUNNING'));
  const renamed = on('h1', { ...c1, name: 'web1' });
  expect(await give('containerRename', renamed, fields)).toEqual(named('web1', 'RUNNING'));
  const killed = await give('containerKill', on('h1', { container: 'web1' }), fields);
  expect(killed).toEqual(named('web1', 'EXITED'));
});

test('prunes name what they removed', async () => {
  await give('networkCreate', on('h1', { name: 'idle' }), 'version');
  const created = on('h1', { name: 'c1', image: 'nginx' });
  const { ids } = (await give('containerCreate', created, 'ids { value }')) as {
    ids: { value: string }[];
  };
  expect(await give('containerPrune', on('h1'), 'removedContainers')).toEqual({
    removedContainers: ids.map(({ value }) => value),
  });
  expect(await give('networkPrune', on('h1'), 'removedNetworks')).toEqual({
    removedNetworks: ['idle'],
  });
});

test('a batch answers each of its commands, or names the one that was refused', async () => {
  const web = { networkCreate: { host: 'h1', name: 'web' } };
  const fields = 'answers { ids { name } } failedIndex userErrors { code field } version';
  expect(await give('commandsApply', { lab: labId, commands: [web] }, fields)).toEqual({
    answers: [{ ids: [{ name: 'networkId' }] }],
    failedIndex: null,
    userErrors: [],
    version: 2,
  });
  const other = { networkCreate: { host: 'h2', name: 'web' } };
  expect(await give('commandsApply', { lab: labId, commands: [other, web] }, fields)).toEqual({
    answers: [],
    failedIndex: 1,
    userErrors: [{ code: 'NetworkNameExists', field: ['input', 'commands', '1'] }],
    version: 2,
  });
});

test('swarm commands answer the host as a node', async () => {
  const fields = 'host { name swarm { state role } } userErrors { message }';
  const manager = { name: 'h1', swarm: { state: 'ACTIVE', role: 'MANAGER' } };
  expect(await give('swarmInit', on('h1'), fields)).toEqual({ host: manager, userErrors: [] });
  expect(await give('swarmLeave', on('h1', { force: true }), fields)).toEqual({
    host: { name: 'h1', swarm: { state: 'INACTIVE', role: null } },
    userErrors: [],
  });
});

test('a host is added with a card on the LAN, and removed', async () => {
  const added = await give('hostAdd', { lab: labId, name: 'h3' }, 'host { name address }');
  expect(added).toEqual({ host: { name: 'h3', address: '192.168.50.13/24' } });
  const fields = 'lab { hosts(first: 9) { nodes { name } } } userErrors { message }';
  expect(await give('hostRemove', on('h3'), fields)).toEqual({
    lab: { hosts: { nodes: [{ name: 'h1' }, { name: 'h2' }] } },
    userErrors: [],
  });
});

test('every list of a host can be read, and every id in it asks for the same again', async () => {
  await give('containerRun', on('h1', { name: 'c1', image: 'nginx' }), 'version');
  const lists = `networks containers endpoints sandboxes interfaces routes chains rules forwardings
    sockets dnsNames processes`.split(/\s+/);
  for (const name of lists) {
    const page = `${name}(first: 200) { totalCount nodes { __typename id } }`;
    const { data, errors } = await desk.ask(
      `{ lab(id: "${labId}") { host(name: "h1") { ${page} } } }`,
    );
    expect(errors).toEqual([]);
    type Page = { totalCount: number; nodes: { __typename: string; id: string }[] };
    const found = (data as never as { lab: { host: Record<string, Page> } }).lab.host[name];
    expect(found?.nodes).toHaveLength(found?.totalCount ?? -1);
    for (const node of found?.nodes ?? []) {
      const again = await desk.ask('query($id: ID!) { node(id: $id) { __typename id } }', node);
      expect(again).toEqual({ data: { node }, errors: [] });
    }
  }
});
