import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../e2e/command-line.ts';
import { TestServer } from '../e2e/server.ts';
import { GatewayClient } from './gateway-client.ts';
import { gatewaysOf, restart } from './installation.ts';
import { ContainerMaker } from './load.ts';

const clients = 6;
const rollMsMax = 240_000;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);

afterAll(() => server.stop());

test(
  'every service is restarted under load, and who retries sees no failure and loses nothing',
  async () => {
    const urls = gatewaysOf(server);
    const makers = Array.from({ length: clients }, (_, at) => {
      const own = [...urls.slice(at % 2), ...urls.slice(0, at % 2)];
      return new ContainerMaker(new GatewayClient(own, server.token), `rolled-${at}`);
    });
    await Promise.all(makers.map((maker) => maker.createLab()));
    const load = { isOver: false };
    const working = Promise.all(makers.map((maker) => maker.work(() => load.isOver)));
    const answeredBetween: number[] = [];
    const answered = (): number => makers.reduce((sum, maker) => sum + maker.answered, 0);
    try {
      const names = server.services.map(({ name }) => name).filter(isService);
      expect(names).toHaveLength(6);
      for (const name of names) {
        const before = answered();
        await Promise.race([restart(server, name), working]);
        answeredBetween.push(answered() - before);
      }
    } finally {
      load.isOver = true;
    }
    await working;
    // There was load during every restart.
    expect(answeredBetween.filter((count) => count === 0)).toEqual([]);
    expect(makers.flatMap(({ surprises }) => surprises)).toEqual([]);
    expect((await Promise.all(makers.map((maker) => maker.differences()))).flat()).toEqual([]);
    const { status, stdout } = await new CommandLine({ NETFOLD_DATA: server.data }).run(['verify']);
    expect(status, stdout).toBe(0);
  },
  rollMsMax,
);

const isService = (name: string): boolean => /^(?:gateway|commander|projector)-/.test(name);
