import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../e2e/command-line.ts';
import { TestServer } from '../e2e/server.ts';
import { GatewayClient } from './gateway-client.ts';
import { gatewaysOf, isAlive, processOf, until } from './installation.ts';
import { ContainerMaker } from './load.ts';

const outageMsMax = 180_000;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);

afterAll(() => server.stop());

const create = `mutation ($i: ContainerCreateInput!) {
  containerCreate(input: $i) { version userErrors { message } } }`;

type Created = {
  readonly containerCreate: { readonly version: number; readonly userErrors: readonly object[] };
};

test(
  'without Kafka commands are refused with their id, queries go on, and the same ids succeed later',
  async () => {
    const [first, second] = gatewaysOf(server).map((url) => new GatewayClient([url], server.token));
    if (first === undefined || second === undefined) throw new Error('there are no two gateways');
    const maker = new ContainerMaker(first, 'outage');
    await maker.createLab();
    const before = await maker.createContainer('before', randomUUID());
    const kafka = processOf(server, 'kafka');
    process.kill(kafka, 'SIGSTOP');
    const refused = ['later-1', 'later-2', 'later-3'].map((name) => ({
      name,
      commandId: `${name}-${process.pid}`,
      lab: 'outage',
      host: 'h1',
      image: 'nginx',
    }));
    try {
      const replies = await Promise.all(
        refused.map((input, at) => (at % 2 === 0 ? first : second).askOnce(create, { i: input })),
      );
      for (const [at, reply] of replies.entries()) {
        const id = refused[at]?.commandId;
        expect(reply).toMatchObject({ kind: 'failed', code: 'COMMANDS_UNAVAILABLE' });
        expect(reply).toMatchObject({ message: expect.stringContaining(`command ${id}`) });
      }
      expect(await maker.containers()).toEqual(['before']);
    } finally {
      process.kill(kafka, 'SIGCONT');
    }
    const versions: number[] = [];
    for (const input of refused) {
      const { containerCreate } = await second.ask<Created>(create, { i: input });
      expect(containerCreate.userErrors).toEqual([]);
      versions.push(containerCreate.version);
    }
    // Each exactly once, whether Kafka took the refused record after all or not.
    expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3].map((step) => before + step));
    const after = await first.ask<Created>(create, { i: refused[0] });
    expect(after.containerCreate.version).toBe(versions[0]);
    expect((await maker.containers()).toSorted()).toEqual([
      'before',
      ...refused.map(({ name }) => name),
    ]);
    await expectSound();
  },
  outageMsMax,
);

test(
  'commits that gather while nobody projects flow into the tables in order afterwards',
  async () => {
    const [url = ''] = gatewaysOf(server);
    const maker = new ContainerMaker(new GatewayClient([url], server.token), 'gathered');
    await maker.createLab();
    // Known by its name from here on: names are looked up in the tables.
    expect(await maker.containers()).toEqual([]);
    const projectors = ['projector-1', 'projector-2'].map((name) => processOf(server, name));
    for (const projector of projectors) process.kill(projector, 'SIGSTOP');
    const names = Array.from({ length: 100 }, (_, at) => `g${at}`);
    try {
      for (const name of names) await maker.createContainer(name, randomUUID());
      // Answered meanwhile by folding.
      expect((await maker.containers()).toSorted()).toEqual(names.toSorted());
    } finally {
      for (const projector of projectors) process.kill(projector, 'SIGCONT');
    }
    await expectSound();
    expect((await maker.containers()).toSorted()).toEqual(names.toSorted());
  },
  outageMsMax,
);

test(
  'a supervisor that is killed leaves nothing behind, and the next start finds everything',
  async () => {
    const killed = await TestServer.startOwn();
    const maker = new ContainerMaker(
      new GatewayClient(gatewaysOf(killed), killed.token),
      'survives',
    );
    await maker.createLab();
    await maker.createContainer('kept', randomUUID());
    const { services, data } = killed;
    await killed.kill();
    const ownOfServices = services.filter(({ name }) => /^(?:gateway|commander|proj)/.test(name));
    await until('the services have ended with their supervisor', () =>
      ownOfServices.every(({ processId }) => !isAlive(processId ?? 0)),
    );
    const again = await TestServer.startOwn(data);
    try {
      const stores = services.filter((service) => !ownOfServices.includes(service));
      expect(stores).toHaveLength(3);
      expect(stores.filter(({ processId }) => isAlive(processId ?? 0))).toEqual([]);
      const found = new ContainerMaker(
        new GatewayClient(gatewaysOf(again), again.token),
        'survives',
      );
      expect(await found.containers()).toEqual(['kept']);
      await found.createContainer('new', randomUUID());
      expect((await found.containers()).toSorted()).toEqual(['kept', 'new']);
    } finally {
      await again.stop();
    }
  },
  outageMsMax,
);

/** The log has no gap, and the tables are what it folds to. */
async function expectSound(): Promise<void> {
  const { status, stdout } = await new CommandLine({ NETFOLD_DATA: server.data }).run(['verify']);
  expect(status, stdout).toBe(0);
}
