import { claim } from '../harness/claim.ts';
import type { BenchContext, Goal, Measured } from '../harness/goal.ts';
import { HttpClient } from '../harness/http-client.ts';
import { median, quantile } from '../harness/statistics.ts';
import { openLabByHttp, runByHttp } from '../netfold/http-labs.ts';
import { benchDatabase } from '../netfold/netfold.ts';
import { startNetfold } from '../netfold/server.ts';

export const lag: Goal = {
  id: 'G4',
  title: 'Zero lag: a GraphQL read right after the answer sees the write',
  method:
    'the built server; after each answered command another connection asks for the container, its' +
    ' endpoint and the version, without naming a version to wait for. A miss is an answer without' +
    ' them. The half with a broker stands at SCALED.',
  run,
};

const writers = 8;

const seen = `query Seen($lab: ID!, $name: String!) {
  lab(id: $lab) { version host(name: "h1") { container(reference: $name) {
    status endpoints { ipv4 }
  } } }
}`;

type Seen = {
  readonly lab: {
    readonly version: number;
    readonly host: {
      readonly container: {
        readonly status: string;
        readonly endpoints: readonly { readonly ipv4: string | null }[];
      } | null;
    };
  } | null;
};

async function run(context: BenchContext): Promise<Measured> {
  const server = await startNetfold(await benchDatabase(context.postgres));
  const write = new HttpClient(server, writers);
  const read = new HttpClient(server, writers);
  const reads = context.isQuick ? 200 : 10_000;
  const latencies: number[] = [];
  let misses = 0;
  const writer = async (): Promise<void> => {
    const lab = await openLabByHttp(write);
    for (let number = 0; number < reads / writers; number += 1) {
      const version = await runByHttp(write, lab, number);
      const asked = performance.now();
      const found = await read.graphql<Seen>(seen, { lab, name: `web${number}` });
      latencies.push(performance.now() - asked);
      const isSeen =
        (found.lab?.version ?? 0) >= version &&
        found.lab?.host.container?.status === 'RUNNING' &&
        found.lab.host.container.endpoints.some(({ ipv4 }) => ipv4 !== null);
      if (!isSeen) misses += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: writers }, writer));
  } finally {
    write.close();
    read.close();
    await server.stop();
  }
  return {
    claims: [
      claim({
        text: `reads of ${latencies.length} that missed the write`,
        atMost: 0,
        rounds: [misses],
        next: 'a read missed its write, which is a fault',
      }),
    ],
    figures: [
      { text: 'reads', value: latencies.length, unit: 'reads' },
      { text: 'read p50', value: median(latencies), unit: 'ms' },
      { text: 'read p99', value: quantile(latencies, 0.99), unit: 'ms' },
    ],
  };
}
