import { generateKeyPairSync } from 'node:crypto';
import { get } from 'node:https';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../e2e/server.ts';
import { GatewayClient } from './gateway-client.ts';
import { gatewaysOf } from './installation.ts';

let server: TestServer;
let gateways: readonly GatewayClient[];

beforeAll(async () => {
  server = await TestServer.start();
  gateways = gatewaysOf(server).map((url) => new GatewayClient([url], server.token));
}, 120_000);

afterAll(() => server.stop());

type Made = {
  readonly endpoint: string;
  readonly authority: string;
  readonly certificate: string;
};

const create = `mutation ($i: HostCertificateCreateInput!) {
  hostCertificateCreate(input: $i) { endpoint authority certificate }
}`;

/** What the engine at an endpoint says its host is, by the certificate of another one. */
function nameAt(endpoint: string, made: Made, key: string): Promise<string> {
  const { authority: ca, certificate: cert } = made;
  const url = `${endpoint.replace(/^tcp:/, 'https:')}/info`;
  return new Promise((resolve, reject) => {
    get(url, { ca, cert, key, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve((JSON.parse(text) as { readonly Name: string }).Name));
    }).on('error', reject);
  });
}

test('a context that one gateway made is good for the other', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const [first, second] = gateways as readonly [GatewayClient, GatewayClient];
  await first.ask('mutation ($i: LabCreateInput!) { labCreate(input: $i) { version } }', {
    i: { name: 'tls', hosts: [{ name: 'h1' }] },
  });
  const i = { lab: 'tls', host: 'h1', publicKey: spki };
  const [here, there] = await Promise.all(
    [first, second].map(async (gateway) => {
      const answer = await gateway.ask<{ readonly hostCertificateCreate: Made }>(create, { i });
      return answer.hostCertificateCreate;
    }),
  );
  if (here === undefined || there === undefined) throw new Error('a gateway made no certificate');
  expect(there.authority).toBe(here.authority);
  expect(there.endpoint).not.toBe(here.endpoint);
  expect(await nameAt(here.endpoint, here, key)).toBe('h1');
  expect(await nameAt(there.endpoint, here, key)).toBe('h1');
});
