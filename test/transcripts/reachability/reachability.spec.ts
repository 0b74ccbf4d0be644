import { describe, expect, it } from 'vitest';
import { generateTopology } from './generate-topology.ts';
import { pairProbes, probesOf, verdictsPattern } from './probes.ts';
import type { Probe } from './probes.ts';
import { readRecorded } from './recorded.ts';
import type { RecordedReachability } from './recorded.ts';
import { simulate, walkProbe } from './simulated-host.ts';
import type { WalkedProbe } from './simulated-host.ts';
import { features, featuresOf } from './topology.ts';

const topologiesMin = 200;
const topologiesPerFeatureMin = 20;
const blockedPercent = { min: 35, max: 65 } as const;
/** More differences than anybody reads at once. */
const printedMax = 10;

const recorded = readRecorded();

describe('what can reach what', () => {
  it.each(recorded.map((one) => [one.topology.seed, one] as const))(
    'is on a lab host what it was on a real one: topology %i',
    (_, { topology, verdicts }) => {
      const host = simulate(topology);
      const differences = probesOf(topology).flatMap((probe, index) => {
        const walked = walkProbe(host, probe);
        const expected = verdicts[index];
        return walked.verdict === expected ? [] : [difference(probe, expected, walked)];
      });
      expect(differences.slice(0, printedMax)).toEqual([]);
    },
  );
});

describe('the recording', () => {
  it(`has at least ${topologiesMin} topologies, each asked in full`, () => {
    expect(recorded.length).toBeGreaterThanOrEqual(topologiesMin);
    for (const { topology, verdicts } of recorded) {
      expect(verdicts, `topology ${topology.seed}`).toHaveLength(probesOf(topology).length);
      expect(verdicts).toMatch(verdictsPattern);
    }
  });

  it('is of what the generator draws', () => {
    const drawn = recorded.map(({ topology }) => generateTopology(topology.seed));
    expect(recorded.map(({ topology }) => topology)).toEqual(drawn);
  });

  it.each(features)('has enough topologies with: %s', (feature) => {
    const having = recorded.filter(({ topology }) => featuresOf(topology).has(feature));
    expect(having.length).toBeGreaterThanOrEqual(topologiesPerFeatureMin);
  });

  it('has a verdict for each pair of containers, and blocks about half of them', () => {
    const pairs = recorded.flatMap(pairsOf);
    const blocked = pairs.filter((verdicts) => /^[tru]+$/.test(verdicts));
    const percent = (100 * blocked.length) / pairs.length;
    expect(percent).toBeGreaterThanOrEqual(blockedPercent.min);
    expect(percent).toBeLessThanOrEqual(blockedPercent.max);
  });
});

/** For each ordered pair with an address to ask: the verdicts of everything that was asked. */
function pairsOf({ topology, verdicts }: RecordedReachability): readonly string[] {
  const { containers } = topology;
  const all = probesOf(topology);
  const key = (probe: Probe): string => JSON.stringify(probe);
  const verdictOf = new Map(all.map((probe, index) => [key(probe), verdicts[index] ?? '']));
  return containers.flatMap((from) =>
    containers.flatMap((to) => {
      if (from === to || from.end !== undefined) return [];
      const own = pairProbes(topology, from, to).map((probe) => verdictOf.get(key(probe)));
      return own.length === 0 ? [] : [own.join('')];
    }),
  );
}

/** The question, both answers, and the way that the packet walked. */
function difference(probe: Probe, expected: string | undefined, walked: WalkedProbe): string {
  const { from, to, protocol, port } = probe;
  const { steps, disposition } = walked.trace;
  const way = steps.map((step) => `${step.namespace.slice(0, 4)} ${step.kind} ${step.detail}`);
  return [
    `${from} asks ${to} ${protocol} ${port}: real ${expected}, walked ${walked.verdict}`,
    `  ${way.join(' | ')}`,
    `  ${JSON.stringify(disposition)}`,
  ].join('\n');
}
