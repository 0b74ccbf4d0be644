import { GraphqlDesk } from '@netfold/testkit/graphql';
import {
  actorOf,
  containerRow,
  endpointRow,
  hostRow,
  interfaceRow,
  labRow,
  networkRow,
  routeRow,
} from '@netfold/testkit';
import type { GivenRows } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const labId = 'lab-00000001';
const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i + 2);

/** One host with a network and so many endpoints, each with a container. */
function hostWith(count: number): GivenRows {
  const endpoints = numbers(count).map((number) => endpointRow(labId, 'h1', number));
  return {
    lab: [labRow(labId, 'first')],
    host: [hostRow(labId, 'h1'), hostRow(labId, 'h2', 1)],
    network: [networkRow(labId, 'h1', 'web', { configFrom: '', labels: { __proto__: 'x' } })],
    container: numbers(count).map((number) =>
      containerRow(labId, 'h1', String(number), { ordinal: number }),
    ),
    endpoint: endpoints,
    interface: endpoints.flatMap((endpoint) => [
      interfaceRow(labId, 'h1', endpoint.interfaceIndex ?? 0, {
        namespace: endpoint.sandboxId ?? '',
        name: 'eth0',
        endpointId: endpoint.endpointId,
      }),
      interfaceRow(labId, 'h1', endpoint.vethInterfaceIndex ?? 0, {
        endpointId: endpoint.endpointId,
      }),
    ]),
    route: endpoints.map((endpoint) =>
      routeRow(labId, 'h1', 'default', { namespace: endpoint.sandboxId ?? '' }),
    ),
    endpointDocument: endpoints.map((endpoint) => ({
      labId,
      host: 'h1',
      endpointId: endpoint.endpointId,
      networkId: endpoint.networkId,
      ordinal: endpoint.ordinal,
      document: {
        endpoint,
        interface: interfaceRow(labId, 'h1', endpoint.interfaceIndex ?? 0, { name: 'eth0' }),
        hostInterface: interfaceRow(labId, 'h1', endpoint.vethInterfaceIndex ?? 0),
        routes: [routeRow(labId, 'h1', 'default')],
      },
    })),
  };
}

function deskWith(...versions: readonly GivenRows[]): GraphqlDesk {
  const desk = new GraphqlDesk();
  desk.labs.give({ labId, tenantId: 'local', versions });
  return desk;
}

describe('a host with a hundred endpoints', () => {
  const query = `query Host($lab: ID!) {
    lab(id: $lab) { host(name: "h1") { name endpoints(first: 100) { totalCount nodes {
      ipv4 vethName network { name } container { name }
      interface { name mac } hostInterface { name } routes { destination gateway }
    } } } }
  }`;

  test('is answered in few reads, one per kind of thing', async () => {
    const desk = deskWith(hostWith(100));
    const { data, errors } = await desk.ask(query, { lab: labId });
    expect(errors).toEqual([]);
    const host = (data as never as { lab: { host: { endpoints: { nodes: unknown[] } } } }).lab.host;
    expect(host.endpoints.nodes).toHaveLength(100);
    expect(host.endpoints.nodes[0]).toEqual({
      ipv4: '172.18.0.2/16',
      vethName: 'veth2',
      network: { name: 'web' },
      container: { name: '2' },
      interface: { name: 'eth0', mac: '02:42:ac:12:00:02' },
      hostInterface: { name: 'veth5' },
      routes: [{ destination: 'default', gateway: null }],
    });
    expect(desk.labs.opened.map((reader) => reader.asked.toSorted())).toEqual([
      [
        'count endpointDocument',
        'page endpointDocument',
        'rows container',
        'rows host',
        'rows network',
      ],
    ]);
  });

  test('lets go of its reader when it has answered', async () => {
    const desk = deskWith(hostWith(1));
    await desk.ask(query, { lab: labId });
    expect(desk.labs.opened.every((reader) => reader.isClosed)).toBe(true);
  });
});

describe('a page', () => {
  const names = `query Page($after: String) { lab(id: "${labId}") { host(name: "h1") {
    containers(first: 2, after: $after) {
      edges { cursor node { name } } pageInfo { hasNextPage endCursor } totalCount
    }
  } } }`;
  type Page = {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: { readonly name: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly totalCount: number;
  };
  const pageOf = async (desk: GraphqlDesk, after: string | null): Promise<Page> => {
    const { data } = await desk.ask(names, { after });
    return (data as never as { lab: { host: { containers: Page } } }).lab.host.containers;
  };

  test('goes on where the one before ended', async () => {
    const desk = deskWith(hostWith(3));
    const first = await pageOf(desk, null);
    expect(first.edges.map(({ node }) => node.name)).toEqual(['2', '3']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(first.totalCount).toBe(3);
    const second = await pageOf(desk, first.pageInfo.endCursor);
    expect(second.edges.map(({ node }) => node.name)).toEqual(['4']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test.each([0, -1, 201])('of %i is refused', async (first) => {
    const source = `{ lab(id: "${labId}") { hosts(first: ${first}) { nodes { name } } } }`;
    const { errors } = await deskWith(hostWith(1)).ask(source);
    expect(errors.map(({ code }) => code)).toEqual(['BAD_PAGE_SIZE']);
  });
});

describe('a moment of the past', () => {
  const desk = deskWith({}, hostWith(1), hostWith(2));
  const source = (at: string) =>
    `{ lab(id: "${labId}"${at}) { id version name hosts(first: 5) { nodes { id name } } } }`;

  test('is inherited by everything below the lab', async () => {
    const { data } = await desk.ask(
      `{ lab(id: "${labId}", asOf: { version: 1 }) { version host(name: "h1") {
        lab { version } containers(first: 9) { totalCount } } } }`,
    );
    expect(data).toEqual({
      lab: { version: 1, host: { lab: { version: 1 }, containers: { totalCount: 1 } } },
    });
  });

  test('version 0 is the empty lab', async () => {
    const { data } = await desk.ask(source(', asOf: { version: 0 }'));
    expect(data).toMatchObject({ lab: { version: 0, name: '', hosts: { nodes: [] } } });
  });

  test('a version that is not there yet is refused', async () => {
    const { errors } = await desk.ask(source(', asOf: { version: 3 }'));
    expect(errors.map(({ code }) => code)).toEqual(['VERSION_UNKNOWN']);
  });

  test('an id holds the moment, and asks for it again', async () => {
    type Lab = { lab: { hosts: { nodes: { id: string }[] } } };
    const past = (await desk.ask(source(', asOf: { version: 1 }'))).data as never as Lab;
    const now = (await desk.ask(source(''))).data as never as Lab;
    const ids = [past, now].map(({ lab }) => lab.hosts.nodes[0]?.id ?? '');
    expect(ids[0]).not.toBe(ids[1]);
    const again = `query Again($id: ID!) { node(id: $id) { id ... on Host {
      containers(first: 1) { totalCount } } } }`;
    const found = await Promise.all(ids.map((id) => desk.ask(again, { id })));
    expect(found.map(({ data }) => data)).toEqual([
      { node: { id: ids[0], containers: { totalCount: 1 } } },
      { node: { id: ids[1], containers: { totalCount: 2 } } },
    ]);
  });
});

describe('several labs in one request', () => {
  test('hold one reader of the tables at most, the others are folded', async () => {
    const desk = deskWith(hostWith(1));
    const other = 'lab-00000002';
    desk.labs.give({ labId: other, tenantId: 'local', versions: [{ lab: [labRow(other)] }] });
    const { errors } = await desk.ask('{ labs(first: 9) { nodes { name version } } }');
    expect(errors).toEqual([]);
    expect(desk.labs.opened).toHaveLength(2);
  });

  test('cost nothing while only their names are asked for', async () => {
    const desk = deskWith(hostWith(1));
    const { data } = await desk.ask('{ labs(first: 9) { nodes { name labId } totalCount } }');
    expect(data).toEqual({ labs: { nodes: [{ name: 'first', labId }], totalCount: 1 } });
    expect(desk.labs.opened).toHaveLength(0);
  });
});

describe('a lab that is not yours', () => {
  const desk = deskWith(hostWith(1));
  test.each([
    ['of another tenant', actorOf({ tenantId: 'other' })],
    ['without membership', actorOf({ id: 'eve', role: 'student' })],
    ['without the scope', actorOf({ role: 'automation', scopes: ['host:docker'] })],
    ['outside the labs of the token', actorOf({ labIds: ['lab-99999999'] })],
  ])('is not found: %s', async (_, actor) => {
    const byId = await desk.ask(`{ lab(id: "${labId}") { name } }`, {}, actor);
    const missing = await desk.ask('{ lab(id: "lab-99999998") { name } }', {}, actor);
    const byName = await desk.ask('{ lab(name: "first") { name } }', {}, actor);
    expect([byId, byName]).toEqual([missing, missing]);
    expect(missing).toEqual({ data: { lab: null }, errors: [] });
  });
});

test.each(['', 'x', 'bGFi', 'W10', 'WyJIb3N0Iiwxe10'])(
  'the forged id %j is refused',
  async (id) => {
    const { errors } = await deskWith(hostWith(1)).ask('query($id: ID!) { node(id: $id) { id } }', {
      id,
    });
    expect(errors.map(({ code }) => code)).toEqual(['INVALID_ARGUMENT']);
  },
);

test('a fault of the server is masked and reported', async () => {
  const desk = deskWith(hostWith(1));
  desk.labs.open = () => Promise.reject(new Error('relation "read.host" does not exist'));
  const { errors } = await desk.ask(`{ lab(id: "${labId}") { name } }`);
  expect(errors).toEqual([
    { message: 'the server failed; the fault is in its log', code: 'INTERNAL' },
  ]);
  expect(desk.faults).toHaveLength(1);
});
