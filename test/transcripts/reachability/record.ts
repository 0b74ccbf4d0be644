// Builds generated topologies on a real engine and writes what every probe was answered.
// See ../README.md.
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machinesFrom } from '../lab-machine.ts';
import { generateTopology } from './generate-topology.ts';
import { RealHost } from './real-host.ts';
import { readRecorded, recordedFile } from './recorded.ts';
import type { RecordedReachability } from './recorded.ts';

/** Records the seeds `--from` to `--to`; what was recorded of other seeds stays. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { docker: text, shell: text, fresh: text, client: text, from: text, to: text },
  });
  const host = new RealHost(machinesFrom(values));
  await host.open();
  const known = new Map(
    (existsSync(recordedFile) ? readRecorded() : []).map((one) => [one.topology.seed, one]),
  );
  const last = Number(values.to ?? '1');
  for (let seed = Number(values.from ?? '1'); seed <= last; seed += 1) {
    const began = Date.now();
    const topology = generateTopology(seed);
    const verdicts = await host.record(topology);
    known.set(seed, { topology, verdicts });
    write([...known.values()]);
    console.log(`${seed}: ${verdicts.length} probes, ${Date.now() - began} ms`);
  }
}

function write(all: readonly RecordedReachability[]): void {
  const sorted = all.toSorted((one, other) => one.topology.seed - other.topology.seed);
  writeFileSync(recordedFile, sorted.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

await main();
