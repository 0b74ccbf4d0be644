import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from '../e2e/command-line.ts';
import { TestServer } from '../e2e/server.ts';
import { databaseUrlOf } from './installation.ts';

const scaledProgram = join(import.meta.dirname, '../../apps/scaled/dist/main.js');

/** Each program takes its time to start on a slow machine. */
const startsMsMax = 120_000;

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await TestServer.start();
  folder = mkdtempSync(join(tmpdir(), 'nf-kind-'));
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

describe('data of the other kind', { timeout: startsMsMax }, () => {
  test('one process does not serve the data folder of a scaled installation', async () => {
    const before = readdirSync(server.data).toSorted();
    const commandLine = new CommandLine({});
    const { status, stderr } = await commandLine.run(['up', '--port', '0', '--data', server.data]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^error\[NF1307\]: the data folder .*\n {2}cause: .*\n {2}fix: {3}/),
    ]);
    expect(readdirSync(server.data).toSorted()).toEqual(before);
  });

  test('one process neither serves nor rebuilds a log that commanders write', async () => {
    const commandLine = new CommandLine({
      NETFOLD_POSTGRES: databaseUrlOf(server),
      NETFOLD_DATA: join(folder, 'one-process'),
    });
    for (const args of [['up', '--port', '0'], ['verify'], ['rebuild']]) {
      const { status, stderr } = await commandLine.run(args);
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^error\[NF1307\]: the database/),
      ]);
    }
    // Nobody has fenced its commanders.
    const { labCreate } = await server.ask<{ readonly labCreate: { readonly version: number } }>(
      'mutation { labCreate(input: {name: "goes-on", hosts: []}) { version } }',
    );
    expect(labCreate.version).toBe(1);
  });

  test('a scaled installation does not take the data folder of one process', async () => {
    const data = join(folder, 'embedded');
    mkdirSync(join(data, 'postgres'), { recursive: true });
    const child = spawn(process.execPath, [scaledProgram, '--port', '0', '--data', data]);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^error\[NF1308\]: the data folder/),
    ]);
    expect(readdirSync(data)).toEqual(['postgres']);
  });
});
