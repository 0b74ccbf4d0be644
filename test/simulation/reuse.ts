import type { SingleCommand } from '@netfold/contracts';
import { decide, evolveAll, initial } from '@netfold/domain';
import type { ActiveLab } from '@netfold/domain';
import fc from 'fast-check';
import { createLab } from './lab.ts';
import { batch, endpointSpec, ipamPool } from '@netfold/testkit/factories';
import { createNetwork, runContainer } from './orders.ts';
import { commandAt } from './run.ts';

const host = 'h1';
const network = 'small';

/** A small subnet with or without a range, a gateway and a reserved address of its own. */
const pool = fc.record({
  prefixLength: fc.integer({ min: 27, max: 30 }),
  hasRange: fc.boolean(),
  hasGateway: fc.boolean(),
  hasAuxAddress: fc.boolean(),
  seed: fc.nat(),
  goneFirst: fc.array(fc.nat({ max: 31 }), { minLength: 1, maxLength: 8 }),
});

type Pool = typeof pool extends fc.Arbitrary<infer T> ? T : never;

/**
 * A network that is full becomes as full again after containers went, with the same addresses:
 * first some of them go, then all.
 */
export const reuse = fc.property(pool, (asked) => {
  const lab = new SmallLab(asked);
  const first = lab.fill();
  if (first.length === 0) return;
  for (const index of asked.goneFirst) lab.release(index);
  expectSame(lab.fill(), first);
  while (lab.inUse().length > 0) lab.release(0);
  expectSame(lab.fill(), first);
});

function expectSame(found: readonly string[], wanted: readonly string[]): void {
  if (found.join() === wanted.join()) return;
  throw new Error(`what was released is not reused: ${found.join()} instead of ${wanted.join()}`);
}

class SmallLab {
  readonly #seed: number;
  #lab: ActiveLab;
  #commands = 0;

  constructor({ prefixLength, hasRange, hasGateway, hasAuxAddress, seed }: Pool) {
    this.#seed = seed;
    const made = evolveAll(initial, decide(initial, commandAt(initial, createLab, 0, seed)).events);
    if (made.state !== 'active') throw new Error('a lab is made');
    this.#lab = made;
    const isWide = prefixLength < 30;
    const ipam = ipamPool(`10.60.0.0/${prefixLength}`, {
      ipRange: hasRange && isWide ? `10.60.0.4/${prefixLength + 1}` : '',
      gateway: hasGateway ? '10.60.0.2' : '',
      auxAddresses: hasAuxAddress && isWide ? { kept: '10.60.0.5' } : {},
    });
    this.#do(createNetwork(host, network, { ipam: [ipam] }));
  }

  /** Starts containers until one is refused; the addresses in use, sorted. */
  fill(): readonly string[] {
    for (let number = 0; number < 64; number += 1) {
      const names = this.#lab.hosts.get(host)?.containerNames;
      if (names?.has(`c${number}`) === true) continue;
      const run = runContainer(host, `c${number}`, {
        networkMode: network,
        endpoints: { [network]: endpointSpec() },
      });
      if (!this.#do(...run)) break;
    }
    return this.inUse();
  }

  release(index: number): void {
    const names = [...(this.#lab.hosts.get(host)?.containers.values() ?? [])];
    const container = names[index % Math.max(names.length, 1)]?.name;
    if (container === undefined) return;
    this.#do({ type: 'RemoveContainer', host, container, force: true, link: false });
  }

  inUse(): readonly string[] {
    const endpoints = [...(this.#lab.hosts.get(host)?.endpoints.values() ?? [])];
    return endpoints.map(({ ipv4 }) => ipv4).toSorted();
  }

  #do(...commands: readonly SingleCommand[]): boolean {
    this.#commands += 1;
    const command = commandAt(this.#lab, batch(...commands), this.#commands, this.#seed);
    const { events, outcome } = decide(this.#lab, command);
    const after = evolveAll(this.#lab, events);
    if (after.state === 'active') this.#lab = after;
    return outcome.kind === 'accepted';
  }
}
