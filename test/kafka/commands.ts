import type { CommandRequest, CommandResult } from '@netfold/application';
import { partitionOfNewLab, type LogTransport } from '@netfold/log-kafka';
import { addTallyHost, makeTallyLab, requestOf } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  pipeline,
  pipelineToken,
  ScaledDesk,
  type Commander,
  type Gateway,
} from './scaled-desk.ts';
import { patienceMs, until } from './waiting.ts';

let labs = 0;

/** A lab that nobody has used, of a partition. */
export function newLabIn(partition: number, partitions = 2): string {
  for (;;) {
    labs += 1;
    const labId = `lab-${labs.toString(16).padStart(8, '0')}`;
    if (partitionOfNewLab(labId, partitions) === partition) return labId;
  }
}

export const codeOf = ({ outcome }: CommandResult): string =>
  outcome.kind === 'refused' ? outcome.refusal.code : 'accepted';

/** What the way of a command keeps, whoever carries it. */
export function commandContract(title: string, newTransport: () => LogTransport): void {
  describe(title, { timeout: 2 * patienceMs }, () => {
    let desk: ScaledDesk;
    let commander: Commander;
    let gateway: Gateway;
    beforeEach(async () => {
      desk = await new ScaledDesk(newTransport()).open();
      commander = await desk.commander();
      gateway = await desk.gateway();
    }, patienceMs);
    afterEach(async () => {
      await desk.close();
      expect(desk.fatal).toEqual([]);
    }, patienceMs);

    answers(() => ({ desk, gateway }));
    publishers(() => ({ desk, commander, gateway }));
    relaying(() => ({ desk, commander, gateway }));
  });
}

function answers(of: () => { readonly desk: ScaledDesk; readonly gateway: Gateway }): void {
  test('a command is answered with what it changed, and a refused one with why', async () => {
    const { desk, gateway } = of();
    const labId = newLabIn(1);
    const made = await gateway.submit(requestOf(labId, makeTallyLab()));
    expect(made).toMatchObject({ labVersion: 1, position: 1, isRepeat: false });
    expect(made.effects).toEqual([
      {
        table: 'lab',
        op: 'put',
        key: JSON.stringify([labId]),
        row: { labId, tenantId: 'local', name: 'lab', state: 'active' },
      },
    ]);
    expect(codeOf(await gateway.submit(requestOf(labId, makeTallyLab())))).toBe('LabExists');
    const head = await desk.log.findLab(labId);
    expect(head).toMatchObject({ partition: 1, version: 1 });
    expect(gateway.problems).toEqual([]);
  });

  test('a repeat is given the first answer everywhere, another payload a conflict', async () => {
    const { desk, gateway } = of();
    const other = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    const request = requestOf(labId, addTallyHost('h1'));
    const first = await gateway.submit(request);
    for (const each of [gateway, other]) {
      expect(await each.submit(request)).toEqual({ ...first, effects: [], isRepeat: true });
      const changed = { ...request, body: addTallyHost('h2') };
      expect(codeOf(await each.submit(changed))).toBe('IdempotencyKeyReused');
    }
    expect((await desk.log.findLab(labId))?.version).toBe(2);
  });

  test('one id through two gateways at once is carried out once', async () => {
    const { desk, gateway } = of();
    const other = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    const request = requestOf(labId, addTallyHost('h1'));
    const [one, two] = await Promise.all([gateway.submit(request), other.submit(request)]);
    expect(two.outcome).toEqual(one.outcome);
    expect(two.position).toBe(one.position);
    const next = requestOf(labId, addTallyHost('h2'));
    const changed = { ...next, body: addTallyHost('h3') };
    const codes = await Promise.all([gateway.submit(next), other.submit(changed)]);
    expect(codes.map(codeOf).toSorted()).toEqual(['IdempotencyKeyReused', 'accepted']);
    expect((await desk.log.findLab(labId))?.version).toBe(3);
  });

  test('many commands at once are each answered with their own outcome', async () => {
    const { desk, gateway } = of();
    const labIds = [newLabIn(0), newLabIn(1), newLabIn(0), newLabIn(1)];
    await Promise.all(labIds.map((labId) => gateway.submit(requestOf(labId, makeTallyLab()))));
    const requests = Array.from({ length: 200 }, (_, index) =>
      requestOf(labIds[index % 4] ?? '', addTallyHost(`h-${index}`)),
    );
    const results = await Promise.all(requests.map((each) => gateway.submit(each)));
    expect(results.map(({ outcome }) => outcome)).toEqual(
      requests.map((_, index) => ({
        kind: 'accepted',
        answer: { ids: { host: `h-${index}` }, warnings: [] },
      })),
    );
    const inLog = (await desk.commitsInLog()).map(({ commandId }) => commandId);
    for (const { id } of requests) expect(inLog.filter((each) => each === id)).toHaveLength(1);
  });
}

type Of = () => {
  readonly desk: ScaledDesk;
  readonly commander: Commander;
  readonly gateway: Gateway;
};

function publishers(of: Of): void {
  test('a pipeline publishes a whole lab at once, with a token for its name', async () => {
    const { desk } = of();
    const labId = newLabIn(0);
    const heard = await desk.hear();
    // Whatever it says of itself: the token tells who it is.
    const forged = { tenantId: 'other', actorId: 'other', face: 'docker' } as const;
    const requests = [
      requestOf(labId, makeTallyLab(), forged),
      requestOf(labId, addTallyHost('h1'), forged),
      requestOf(labId, addTallyHost('h1'), forged),
    ];
    await Promise.all(requests.map((each) => desk.publish(0, each)));
    await until('all were answered', () => heard.outcomes.length === 3);
    expect(heard.outcomes).toMatchObject([
      { commandId: requests[0]?.id, tenantId: 'class', sequence: 1, outcome: { kind: 'accepted' } },
      { commandId: requests[1]?.id, sequence: 2, outcome: { kind: 'accepted' } },
      { commandId: requests[2]?.id, sequence: 3, outcome: { refusal: { code: 'HostExists' } } },
    ]);
    const [commit] = await desk.log.readPartition(0, 0, 1);
    expect(commit).toMatchObject({
      tenantId: pipeline.tenantId,
      actorId: pipeline.id,
      face: 'kafka',
    });
  });

  test.each<[string, string, Partial<CommandRequest>]>([
    ['nothing', '', {}],
    ['an unknown token', 'token nf_expired', {}],
    ['a forged seal', `gateway ${'0'.repeat(16)} ${'A'.repeat(86)}==`, {}],
  ])('a command with %s is refused, and its id stays free', async (_, credential, changes) => {
    const { desk } = of();
    const labId = newLabIn(0);
    const heard = await desk.hear();
    const request = requestOf(labId, makeTallyLab(), changes);
    const offset = await desk.publish(0, request, { credential });
    await until('it was refused', () => heard.outcomes.length === 1);
    expect(heard.outcomes).toEqual([
      {
        isRemembered: false,
        tenantId: null,
        commandId: request.id,
        labId,
        outcome: {
          kind: 'refused',
          refusal: expect.objectContaining({ code: 'CredentialInvalid' }),
        },
        record: { partition: 0, offset: String(offset) },
      },
    ]);
    for (const tenantId of ['local', 'class']) {
      expect(await desk.log.findOutcome(tenantId, request.id)).toBeNull();
    }
    await desk.publish(0, request);
    await until('it was carried out', () => heard.outcomes.length === 2);
    expect(heard.outcomes[1]).toMatchObject({ outcome: { kind: 'accepted' } });
  });

  test('a command in a wrong partition is passed on once, then refused', async () => {
    const { desk, commander } = of();
    const labId = newLabIn(1);
    const heard = await desk.hear();
    await desk.publish(0, requestOf(labId, makeTallyLab()));
    await until('it was carried out', () => heard.outcomes.length === 1);
    expect(await desk.log.findLab(labId)).toMatchObject({ partition: 1 });
    const headers = { 'netfold-passed-on': '1' };
    await desk.publish(0, requestOf(labId, addTallyHost('h1')), { headers });
    await until('it was refused', () => heard.outcomes.length === 2);
    expect(heard.outcomes[1]).toMatchObject({
      isRemembered: false,
      outcome: { refusal: { code: 'WrongPartition', data: { partition: 0, right: 1 } } },
    });
    expect(commander.counts.reduce((sum, { passedOn }) => sum + passedOn, 0)).toBe(1);
    expect((await desk.log.findLab(labId))?.version).toBe(1);
  });

  test('a record that is no command is reported with its place and holds up nobody', async () => {
    const { desk, commander, gateway } = of();
    const heard = await desk.hear();
    const labId = newLabIn(0);
    const text = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
    const named = { specversion: '1.0', type: 'netfold.command.v0', source: '/ci', id: 'odd' };
    const offsets = [
      await desk.publishRaw(0, new Uint8Array([0xff, 0, 1])),
      await desk.publishRaw(0, text({ ...named, subject: labId, data: { body: { type: 'X' } } })),
    ];
    expect(codeOf(await gateway.submit(requestOf(labId, makeTallyLab())))).toBe('accepted');
    const places = commander.problems.map(({ problem, place, commandId }) => ({
      problem,
      offset: place.offset,
      partition: place.partition,
      commandId,
    }));
    const of0 = { problem: 'a record is no command', partition: 0 };
    expect(places).toEqual([
      { ...of0, offset: offsets[0], commandId: null },
      { ...of0, offset: offsets[1], commandId: 'odd' },
    ]);
    await until('the one with an id was answered', () =>
      heard.outcomes.some(({ commandId }) => commandId === 'odd'),
    );
    const told = heard.outcomes.find(({ commandId }) => commandId === 'odd');
    const refusal = { code: 'InvalidCommand', field: ['body', 'type'] };
    expect(told).toMatchObject({ isRemembered: false, tenantId: null, outcome: { refusal } });
  });

  test('a pipeline is told that a lab of others is not there', async () => {
    const { desk, gateway } = of();
    const heard = await desk.hear();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    const request = requestOf(labId, addTallyHost('h1'));
    await desk.publish(0, request);
    const isAbout = ({ commandId }: { commandId: string }): boolean => commandId === request.id;
    await until('it was refused', () => heard.outcomes.some(isAbout));
    expect(heard.outcomes.find(isAbout)).toMatchObject({
      isRemembered: false,
      tenantId: 'class',
      outcome: { refusal: { class: 'notFound', code: 'LabNotFound' } },
    });
  });

  test('a token is as good as what it says, not as its length', async () => {
    const { desk } = of();
    const heard = await desk.hear();
    const request = requestOf(newLabIn(0), makeTallyLab());
    await desk.publish(0, request, { credential: `token ${pipelineToken}x` });
    await until('it was refused', () => heard.outcomes.length === 1);
    expect(heard.outcomes[0]).toMatchObject({ isRemembered: false });
  });
}

function relaying(of: Of): void {
  test('commits and outcomes are relayed in order, with a watermark behind them', async () => {
    const { desk, gateway } = of();
    const heard = await desk.hear();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    for (const name of ['h1', 'h2', 'h1']) {
      await gateway.submit(requestOf(labId, addTallyHost(name)));
    }
    await desk.relayed();
    await until('a watermark stands behind the last commit', () =>
      heard.commits.some((each) => each.kind === 'watermark' && each.watermark.position === 3),
    );
    const ofLab = heard.commits.filter(({ partition }) => partition === 0);
    const positions = ofLab.flatMap((each) =>
      each.kind === 'commit' ? [each.commit.position] : [],
    );
    expect(positions).toEqual([1, 2, 3]);
    expect(heard.outcomes.map((each) => each.isRemembered && each.sequence)).toEqual([1, 2, 3, 4]);
    const stored = await desk.log.readStored(0, 0, 10);
    const commits = ofLab.flatMap((each) => (each.kind === 'commit' ? [each.commit] : []));
    for (const [index, { logEpoch, events, ...columns }] of commits.entries()) {
      const { eventsText, ...expected } = stored[index] ?? { eventsText: '' };
      expect({ logEpoch, ...columns }).toEqual({ logEpoch: 'epoch-1', ...expected });
      expect(JSON.stringify(events)).toBe(eventsText);
    }
  });

  test('the trace of a command stands in its commit and its outcome', async () => {
    const { desk, gateway } = of();
    const heard = await desk.hear();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const request = { ...requestOf(newLabIn(0), makeTallyLab()), traceparent };
    await gateway.submit(request);
    await until('it was relayed', () => heard.commits.some(({ kind }) => kind === 'commit'));
    expect(heard.commits.find(({ kind }) => kind === 'commit')).toMatchObject({ traceparent });
  });

  test('another commander takes over where the first one stopped', async () => {
    const { desk, commander, gateway } = of();
    const labIds = [newLabIn(0), newLabIn(1)];
    for (const labId of labIds) await gateway.submit(requestOf(labId, makeTallyLab()));
    const other = await desk.commander();
    await until('each has a partition', () =>
      [commander, other].every(({ owners }) => owners.held.length === 1),
    );
    for (const labId of labIds) await gateway.submit(requestOf(labId, addTallyHost('h1')));
    await commander.stop();
    const results = await Promise.all(
      labIds.map((labId) => gateway.submit(requestOf(labId, addTallyHost('h2')))),
    );
    expect(results.map(({ labVersion }) => labVersion)).toEqual([3, 3]);
    expect(other.owners.held.toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect([...commander.fenced, ...other.fenced]).toEqual([]);
    // What stayed with the first at the rebalance kept its writer.
    expect(commander.made.toSorted((a, b) => a - b)).toEqual([0, 1]);
    await desk.relayed();
  });
}
