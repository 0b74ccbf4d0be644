import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import DataLoader from 'dataloader';
import { buildSchema, execute, parse, validate } from 'graphql';
import type { DocumentNode } from 'graphql';
import pg from 'pg';

/**
 * A GraphQL server as it is commonly written: graphql-js with one DataLoader per table over the
 * same tables as the service's. In its favour: no authorisation, no limits, no row level security
 * (it is the owner), documents parsed and validated once, statements prepared.
 * Argument: the connection as JSON. Prints the port it listens on.
 */
const pool = new pg.Pool({ ...(JSON.parse(process.argv[2] ?? '{}') as pg.PoolConfig), max: 16 });

const schema = buildSchema(`
  type Query { lab(id: ID!): Lab }
  type Lab { host(name: String!): Host }
  type Host { name: String! endpoints(first: Int!): Endpoints! }
  type Endpoints { nodes: [Endpoint!]! }
  type Endpoint {
    endpointId: String! networkName: String! ipv4: String mac: String! gateway: String
    interfaceName: String interface: Interface hostInterface: Interface routes: [Route!]!
  }
  type Interface {
    name: String! interfaceIndex: Int! mac: String! mtuBytes: Int! isUp: Boolean! master: String
    addresses: [Address!]!
  }
  type Address { family: Int! address: String! }
  type Route {
    destination: String! gateway: String device: String! source: String metric: Int!
  }
`);

type Row = Readonly<Record<string, unknown>>;

class Context {
  readonly lab: string;
  readonly interfaces: DataLoader<string, readonly Row[]>;
  readonly routes: DataLoader<string, readonly Row[]>;

  constructor(lab: string) {
    this.lab = lab;
    this.interfaces = new DataLoader((ids) => grouped('interfaces', interfacesText, lab, ids));
    this.routes = new DataLoader((ids) => grouped('routes', routesText, lab, ids));
  }
}

const hostsText =
  'select lab_id as "labId", host as name from read."host" where lab_id = $1 and host = $2';

const endpointsText =
  'select lab_id as "labId", endpoint_id as "endpointId", network_name as "networkName",' +
  ' ipv4, mac, gateway, interface_name as "interfaceName", sandbox_id as "sandboxId"' +
  ' from read."endpoint" where lab_id = $1 and host = $2 order by ordinal limit $3';

const interfacesText =
  'select endpoint_id as key, namespace, name, interface_index as "interfaceIndex", mac,' +
  ' mtu_bytes as "mtuBytes", is_up as "isUp", master, addresses' +
  ' from read."interface" where lab_id = $1 and host = $3 and endpoint_id = any($2)';

const routesText =
  'select namespace as key, destination, gateway, device, source, metric from read."route"' +
  ' where lab_id = $1 and host = $3 and namespace = any($2)' +
  ' order by namespace, family, destination, device, metric';

async function grouped(
  name: string,
  text: string,
  lab: string,
  ids: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const values = [lab, ids, 'h1'];
  const { rows } = await pool.query<Row & { readonly key: string }>({ name, text, values });
  const groups = Map.groupBy(rows, ({ key }) => key);
  return ids.map((id) => groups.get(id) ?? []);
}

const endOf = async (context: Context, endpoint: Row, isInside: boolean): Promise<Row | null> => {
  const ends = await context.interfaces.load(String(endpoint['endpointId']));
  return ends.find((end) => (end['namespace'] === endpoint['sandboxId']) === isInside) ?? null;
};

const rootValue = {
  lab: () => ({
    host: async ({ name }: { readonly name: string }, context: Context) => {
      const { lab } = context;
      const found = await pool.query<Row>({ name: 'host', text: hostsText, values: [lab, name] });
      const [host] = found.rows;
      if (host === undefined) return null;
      return { ...host, endpoints: (args: { first: number }) => endpoints(context, name, args) };
    },
  }),
};

async function endpoints(context: Context, host: string, { first }: { readonly first: number }) {
  const values = [context.lab, host, first];
  const { rows } = await pool.query<Row>({ name: 'endpoints', text: endpointsText, values });
  return {
    nodes: rows.map((endpoint) => ({
      ...endpoint,
      interface: () => endOf(context, endpoint, true),
      hostInterface: () => endOf(context, endpoint, false),
      routes: async () => {
        const routes = await context.routes.load(String(endpoint['sandboxId']));
        return routes.filter(({ device }) => device === endpoint['interfaceName']);
      },
    })),
  };
}

const documents = new Map<string, DocumentNode>();

function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(query, document);
  return document;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      readonly query: string;
      readonly variables: { readonly lab: string };
    };
    const contextValue = new Context(variables.lab);
    const asked = { schema, document: documentOf(query), rootValue, contextValue };
    void Promise.resolve(execute({ ...asked, variableValues: variables })).then((result) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(result));
    });
  });
});

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
