import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../e2e/command-line.ts';
import { TestServer } from '../e2e/server.ts';
import { GatewayClient } from './gateway-client.ts';
import { execute, gatewaysOf, tablesConnectionOf, until } from './installation.ts';
import { ContainerMaker } from './load.ts';

const parkMsMax = 120_000;

let server: TestServer;
let cli: CommandLine;

beforeAll(async () => {
  server = await TestServer.start();
  cli = new CommandLine({ NETFOLD_DATA: server.data });
}, 120_000);

afterAll(() => server.stop());

type Listed = { readonly parked: readonly { readonly labId: string; readonly reason: string }[] };

/** What is parked, as the command line lists it. */
async function parked(): Promise<Listed['parked']> {
  const { status, stdout, stderr } = await cli.run(['parked', '--json']);
  const listed = (JSON.parse(stdout || stderr) as Listed).parked;
  expect(status).toBe(listed.length === 0 ? 0 : 1);
  return listed;
}

/** As the first projector tells a monitor. */
async function labsCountedParked(): Promise<number> {
  const at = server.services.find(({ name }) => name === 'projector-1')?.at;
  const text = await (await fetch(`${at}/metrics`)).text();
  return Number(/^netfold_projection_labs_parked (\d+)$/m.exec(text)?.[1]);
}

test(
  'an operator sees which lab is parked and why, and brings it back when the cause is gone',
  async () => {
    const maker = new ContainerMaker(new GatewayClient(gatewaysOf(server), server.token), 'vetoed');
    await maker.createLab();
    const tables = tablesConnectionOf(server);
    const veto = "check (name <> 'vetoed-container') not valid";
    await execute(tables, `alter table read.container add constraint veto ${veto}`);
    try {
      await maker.createContainer('vetoed-container', randomUUID());
      await until('its lab is parked', async () => (await parked()).length === 1);
      await until('the projectors count it', async () => (await labsCountedParked()) === 1);
      // It is answered by folding.
      expect(await maker.containers()).toEqual(['vetoed-container']);
      const [lab] = await parked();
      expect(lab?.reason).toContain('veto');
      const { status, stdout } = await cli.run(['parked', '--retry']);
      expect([status, stdout]).toEqual([1, expect.stringContaining(`${lab?.labId}  since 20`)]);
      expect(stdout).toContain('veto');
    } finally {
      await execute(tables, 'alter table read.container drop constraint veto');
    }
    const { status, stdout } = await cli.run(['parked', '--retry']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/no lab is parked\n$/)]);
    const verified = await cli.run(['verify']);
    expect(verified.status, verified.stdout).toBe(0);
  },
  parkMsMax,
);
