import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  given,
  startContainer,
} from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { fullView } from '../view/full-view.ts';
import type { EndpointDocument } from './endpoint-document.ts';

const commands = [
  createNetwork('web'),
  createContainer('c1', { tty: true, networkMode: 'web' }),
  startContainer('c1'),
  connectContainer('bridge', 'c1'),
];
const { lab } = commands.reduce(
  (scene, command) => scene.when(command).thenAccepted(),
  given().when(createLab('h1')).thenAccepted(),
);
const rows = fullView(lab, 'lab-1', 'local');

function documentOn(networkName: string): EndpointDocument {
  const documents = rows.flatMap(({ table, row }) =>
    table === 'endpointDocument' ? [row.document as EndpointDocument] : [],
  );
  const found = documents.find(({ endpoint }) => endpoint.networkName === networkName);
  if (found === undefined) throw new Error(`no document on ${networkName}`);
  return found;
}

describe('the document of an endpoint', () => {
  it('has both halves of its pair', () => {
    const { interface: inside, hostInterface } = documentOn('web');
    expect(inside?.peerInterfaceIndex).toBe(hostInterface?.interfaceIndex);
    expect([inside?.name, hostInterface?.kind]).toEqual(['eth0', 'veth']);
  });

  it('has the routes of its own interface, the default one where that goes through it', () => {
    const destinations = (networkName: string) =>
      documentOn(networkName).routes.map(({ destination }) => destination);
    expect(destinations('bridge')).toEqual(['172.17.0.0/16', 'default']);
    expect(destinations('web')).toEqual(['172.18.0.0/16']);
  });

  it('says the same as the rows', () => {
    const { routes, endpoint } = documentOn('bridge');
    const own = rows.flatMap(({ table, row }) => (table === 'route' ? [row] : []));
    expect(own).toEqual(expect.arrayContaining([...routes]));
    expect(rows).toContainEqual({ table: 'endpoint', row: endpoint });
  });
});
