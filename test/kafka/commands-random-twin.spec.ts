import { CommandFailure, type CommandRequest, type CommandResult } from '@netfold/application';
import { InProcessLog } from '@netfold/log-kafka';
import { addTallyHost, makeTallyLab, requestOf } from '@netfold/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newLabIn } from './commands.ts';
import { FaultyTransport, noFaults, type SendFault } from './faulty-transport.ts';
import { ScaledDesk, type Commander, type Gateway, type Heard } from './scaled-desk.ts';
import { patienceMs, until } from './waiting.ts';

const runs = 25;
const attemptsMax = 200;

/** What the world does between two groups of commands. */
type Step =
  | { readonly kind: 'commands'; readonly count: number; readonly gateway: number }
  | { readonly kind: 'rebalance' }
  | { readonly kind: 'newCommander' }
  | { readonly kind: 'commanderStops' }
  | { readonly kind: 'flushFault'; readonly fault: 'lostBefore' | 'lostAfter' | 'unavailable' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('commands' as const),
      count: fc.integer({ min: 1, max: 12 }),
      gateway: fc.integer({ min: 0, max: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'rebalance' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'newCommander' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'commanderStops' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('flushFault' as const),
      fault: fc.constantFrom('lostBefore' as const, 'lostAfter' as const, 'unavailable' as const),
    }),
  },
);

/** Of all sends of all processes, in the order in which they come; then none. */
const sendFaults = fc.array(
  fc.option(fc.constantFrom<SendFault>('lostRequest', 'lostReply', 'twice'), {
    nil: null,
    freq: 2,
  }),
  { maxLength: 60 },
);
const commitFaults = fc.array(fc.boolean(), { maxLength: 20 });

type Answered = { readonly request: CommandRequest; readonly result: CommandResult };

test(
  'whatever is lost, doubled or moved: what was acknowledged is in the log exactly once',
  {
    timeout: runs * patienceMs,
  },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        sendFaults,
        commitFaults,
        async (steps, ofSends, ofCommits) => {
          const world = await new World(ofSends, ofCommits).open();
          try {
            for (const each of steps) await world.take(each);
            await world.heals();
            await world.isRight();
          } finally {
            await world.close();
          }
        },
      ),
      { numRuns: runs, ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}) },
    );
  },
);

/** Two gateways, any number of commanders, and a client that repeats until it has an answer. */
class World {
  readonly #twin = new InProcessLog();
  readonly #faulty = new FaultyTransport(this.#twin);
  readonly #desk = new ScaledDesk(this.#twin);
  readonly #labIds = [newLabIn(0), newLabIn(1)];
  readonly #commanders: Commander[] = [];
  readonly #gateways: Gateway[] = [];
  readonly #asking: Promise<Answered>[] = [];
  #heard: Heard = { commits: [], outcomes: [] };
  #hosts = 0;

  constructor(ofSends: readonly SendFault[], ofCommits: readonly boolean[]) {
    const [sends, commits] = [[...ofSends], [...ofCommits]];
    this.#faulty.faults = {
      ofSend: () => sends.shift() ?? null,
      ofCommit: () => commits.shift() ?? false,
    };
  }

  async open(): Promise<this> {
    await this.#desk.open();
    this.#heard = await this.#desk.hear();
    this.#commanders.push(await this.#desk.commander(this.#faulty));
    this.#gateways.push(await this.#desk.gateway(this.#faulty));
    this.#gateways.push(await this.#desk.gateway(this.#faulty));
    for (const labId of this.#labIds) this.#ask(requestOf(labId, makeTallyLab()), 0);
    return this;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'commands':
        for (let count = 0; count < step.count; count += 1) this.#askOne(step.gateway);
        await new Promise(setImmediate);
        return;
      case 'rebalance':
        return this.#twin.rebalance('netfold.commanders');
      case 'newCommander':
        this.#commanders.push(await this.#desk.commander(this.#faulty));
        return;
      case 'commanderStops':
        return this.#commanders.shift()?.stop();
      case 'flushFault':
        this.#desk.log.faults.push({ kind: step.fault });
        return;
    }
  }

  /** The faults end; a supervisor sees to it that there is a commander. */
  async heals(): Promise<void> {
    this.#faulty.faults = noFaults;
    this.#desk.log.faults.length = 0;
    await Promise.all(this.#commanders.splice(0).map((each) => each.stop()));
    this.#commanders.push(await this.#desk.commander());
  }

  async isRight(): Promise<void> {
    const answers = await Promise.all(this.#asking);
    const inLog = await this.#desk.commitsInLog();
    const idsInLog = inLog.map(({ commandId }) => commandId);
    expect(new Set(idsInLog).size).toBe(idsInLog.length);
    for (const { request, result } of answers) {
      const isAccepted = result.outcome.kind === 'accepted';
      expect(idsInLog.filter((id) => id === request.id)).toHaveLength(isAccepted ? 1 : 0);
      const remembered = await this.#desk.log.findOutcome(request.tenantId, request.id);
      expect(result.outcome).toEqual(remembered?.outcome);
    }
    await this.#desk.relayed();
    await until('all was heard', () => this.#positionsHeard().length === inLog.length);
    expect(this.#positionsHeard().toSorted()).toEqual(inLog.map(({ at }) => at).toSorted());
    this.#isInOrder();
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  /** Without repeats, in the order in which each was first heard. */
  #positionsHeard(): readonly string[] {
    const all = this.#heard.commits.flatMap((each) =>
      each.kind === 'commit' ? [`${each.commit.partition}/${each.commit.position}`] : [],
    );
    return [...new Set(all)];
  }

  #isInOrder(): void {
    for (let partition = 0; partition < this.#desk.partitions; partition += 1) {
      const heard = this.#positionsHeard()
        .filter((at) => at.startsWith(`${partition}/`))
        .map((at) => Number(at.split('/')[1]));
      expect(heard).toEqual(heard.map((_, index) => index + 1));
    }
  }

  #askOne(gateway: number): void {
    this.#hosts += 1;
    const labId = this.#labIds[this.#hosts % this.#labIds.length] ?? '';
    // Every third name is taken already, so that there are refusals as well.
    const name = this.#hosts % 3 === 0 ? 'taken' : `h${this.#hosts}`;
    this.#ask(requestOf(labId, addTallyHost(name)), gateway);
  }

  #ask(request: CommandRequest, gateway: number): void {
    const asking = this.#untilAnswered(request, gateway);
    // Looked at in the end; until then nobody listens.
    asking.catch(() => {});
    this.#asking.push(asking);
  }

  async #untilAnswered(request: CommandRequest, gateway: number): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      const asked = this.#gateways[(gateway + attempt) % 2];
      if (asked === undefined) throw new Error('no gateway');
      try {
        return { request, result: await asked.submit(request) };
      } catch (error) {
        if (!(error instanceof CommandFailure) || attempt === attemptsMax) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}
