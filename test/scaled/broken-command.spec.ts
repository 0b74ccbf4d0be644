import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../e2e/server.ts';
import { GatewayClient } from './gateway-client.ts';
import { execute, gatewaysOf, logConnectionOf } from './installation.ts';
import { ContainerMaker } from './load.ts';

/** Far less than the half minute that a gateway waits for an outcome. */
const atOnceMs = 5_000;
const commandId = `broken-${process.pid}`;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await execute(
    logConnectionOf(server),
    `alter table log.commit add constraint planted check (command_id <> '${commandId}') not valid`,
  );
}, 120_000);

afterAll(async () => {
  await execute(logConnectionOf(server), 'alter table log.commit drop constraint planted');
  await server.stop();
});

const create = `mutation ($i: ContainerCreateInput!) {
  containerCreate(input: $i) { version userErrors { message } } }`;

test('a command that the log refuses alone fails at once, at every gateway', async () => {
  const clients = gatewaysOf(server).map((url) => new GatewayClient([url], server.token));
  const [first] = clients;
  if (first === undefined) throw new Error('there is no gateway');
  const maker = new ContainerMaker(first, 'broken');
  await maker.createLab();
  const input = { lab: 'broken', host: 'h1', name: 'never', image: 'nginx', commandId };
  for (const client of clients) {
    const began = performance.now();
    expect(await client.askOnce(create, { i: input })).toMatchObject({
      kind: 'failed',
      code: 'COMMAND_BROKEN',
      message: expect.stringContaining(commandId),
    });
    expect(performance.now() - began).toBeLessThan(atOnceMs);
  }
  await maker.createContainer('next', `${commandId}-next`);
  expect(await maker.containers()).toEqual(['next']);
  expect(maker.surprises).toEqual([]);
});
