import { CommandFailure } from '@netfold/application';
import { InProcessLog } from '@netfold/log-kafka';
import { addTallyHost, makeTallyLab, ManualTime, requestOf, settled } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, newLabIn } from './commands.ts';
import { FaultyTransport, noFaults, type SendFault } from './faulty-transport.ts';
import { ScaledDesk } from './scaled-desk.ts';
import { until } from './waiting.ts';

let twin: InProcessLog;
let desk: ScaledDesk;
beforeEach(async () => {
  twin = new InProcessLog();
  desk = await new ScaledDesk(twin).open();
});
afterEach(async () => {
  await desk.close();
  expect(desk.fatal).toEqual([]);
});

const failureOf = async (answer: Promise<unknown>): Promise<string> => {
  const error: unknown = await answer.then(
    () => null,
    (failure: unknown) => failure,
  );
  return error instanceof CommandFailure ? `${error.code} ${error.commandId}` : String(error);
};

/** These faults, one send each, and then none. */
const once = (...faults: SendFault[]) => ({ ...noFaults, ofSend: () => faults.shift() ?? null });

/** Commits of a command in the log. */
const timesInLog = async (commandId: string): Promise<number> =>
  (await desk.commitsInLog()).filter((each) => each.commandId === commandId).length;

describe('a gateway', () => {
  test('whose broker is away refuses with the id, which then succeeds exactly once', async () => {
    await desk.commander();
    const faulty = new FaultyTransport(twin);
    const gateway = await desk.gateway(faulty);
    faulty.faults = once('lostRequest', 'lostRequest');
    const request = requestOf(newLabIn(0), makeTallyLab());
    for (const _ of [1, 2]) {
      expect(await failureOf(gateway.submit(request))).toBe(`CommandsUnavailable ${request.id}`);
    }
    expect(await timesInLog(request.id)).toBe(0);
    expect(codeOf(await gateway.submit(request))).toBe('accepted');
    expect(await timesInLog(request.id)).toBe(1);
  });

  test('that may start before its broker says the same until there is one', async () => {
    await desk.commander();
    let isAway = true;
    const gateway = await desk.gateway({
      producer: () => (isAway ? Promise.reject(new Error('no broker')) : twin.producer()),
      consume: () => Promise.reject(new Error('nobody consumes here')),
      admin: () => twin.admin(),
    });
    const request = requestOf(newLabIn(0), makeTallyLab());
    expect(await failureOf(gateway.submit(request))).toBe(`CommandsUnavailable ${request.id}`);
    isAway = false;
    expect(codeOf(await gateway.submit(request))).toBe('accepted');
  });

  test.each<SendFault>(['lostReply', 'twice'])(
    'whose record was stored (%s) has it carried out once, however often it repeats it',
    async (fault) => {
      await desk.commander();
      const faulty = new FaultyTransport(twin);
      const gateway = await desk.gateway(faulty);
      const labId = newLabIn(0);
      await gateway.submit(requestOf(labId, makeTallyLab()));
      const request = requestOf(labId, addTallyHost('h1'));
      faulty.faults = once(fault);
      const first = await gateway.submit(request).catch((error: unknown) => error);
      const again = await gateway.submit(request);
      expect(again).toMatchObject({ outcome: { kind: 'accepted' }, labVersion: 2 });
      if (fault === 'twice') expect(first).toMatchObject({ labVersion: 2 });
      await desk.relayed();
      expect(await timesInLog(request.id)).toBe(1);
    },
  );

  test('without a commander says after 30 s that it does not know, and knows later', async () => {
    const time = new ManualTime(Date.now());
    const gateway = await desk.gateway(twin, time);
    const request = requestOf(newLabIn(0), makeTallyLab());
    const answer = failureOf(gateway.submit(request));
    const admin = await twin.admin();
    await until('it was published', async () => {
      const [first] = await admin.watermarks('netfold.commands');
      return (first?.high ?? 0n) > 0n;
    });
    await settled();
    await time.advance(29_000);
    expect(gateway.commands.underWay).toBe(1);
    await time.advance(2_000);
    expect(await answer).toBe(`OutcomeUnknown ${request.id}`);
    await desk.commander();
    await until('it was carried out', async () => (await timesInLog(request.id)) === 1);
    expect(await gateway.submit(request)).toMatchObject({ isRepeat: true, labVersion: 1 });
  });

  test('refuses a command that no record holds, before it publishes anything', async () => {
    await desk.commander();
    const gateway = await desk.gateway();
    const name = 'x'.repeat(1_000_000);
    expect(codeOf(await gateway.submit(requestOf(newLabIn(0), addTallyHost(name))))).toBe(
      'CommandTooLarge',
    );
  });

  test('refuses a malformed id, and answers nothing when the log is away', async () => {
    const gateway = await desk.gateway();
    const odd = requestOf(newLabIn(0), makeTallyLab(), { id: 'a b' });
    expect(codeOf(await gateway.submit(odd))).toBe('InvalidId');
    desk.log.outage = new Error('away');
    const request = requestOf(newLabIn(0), makeTallyLab());
    expect(await failureOf(gateway.submit(request))).toBe(`LogUnavailable ${request.id}`);
    desk.log.outage = null;
  });

  test('that is stopping turns new commands away', async () => {
    const gateway = await desk.gateway();
    await gateway.commands.stop();
    const request = requestOf(newLabIn(0), makeTallyLab());
    expect(await failureOf(gateway.submit(request))).toBe(`WriterStopped ${request.id}`);
  });
});

describe('a commander', () => {
  test('that ends between the flush and the offset finds what it did', async () => {
    const faulty = new FaultyTransport(twin);
    faulty.faults = { ...noFaults, ofCommit: () => true };
    const first = await desk.commander(faulty);
    const gateway = await desk.gateway();
    const labId = newLabIn(0);
    const requests = [makeTallyLab(), addTallyHost('h1'), addTallyHost('h1')].map((body) =>
      requestOf(labId, body),
    );
    const answers = [];
    for (const request of requests) answers.push(await gateway.submit(request));
    await first.stop();
    const second = await desk.commander();
    await until('all came again', () => second.counts.some(({ submitted }) => submitted > 0));
    await until(
      'all three came',
      () => second.counts.reduce((sum, { submitted }) => sum + submitted, 0) === 3,
    );
    expect(await desk.commitsInLog()).toHaveLength(2);
    for (const [index, request] of requests.entries()) {
      expect((await gateway.submit(request)).outcome).toEqual(answers[index]?.outcome);
    }
    expect(first.problems.map(({ problem }) => problem)).toContain(
      'the offset could not be committed',
    );
  });

  test('whose log is away has the whole batch again, and skips nothing', async () => {
    const commander = await desk.commander();
    await until('it holds both', () => commander.owners.held.length === 2);
    const gateway = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    desk.log.faults.push({ kind: 'lostBefore' }, { kind: 'lostAfter' }, { kind: 'unavailable' });
    const requests = ['h1', 'h2', 'h3'].map((name) => requestOf(labId, addTallyHost(name)));
    const results = await Promise.all(requests.map((each) => gateway.submit(each)));
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await desk.log.findLab(labId))?.version).toBe(4);
  });

  test('tells a publisher of a command that the server cannot carry out, and goes on', async () => {
    const commander = await desk.commander();
    const heard = await desk.hear();
    const labId = newLabIn(0);
    const request = requestOf(labId, makeTallyLab());
    desk.log.faults.push({ kind: 'reject', commandId: request.id });
    await desk.publish(0, request);
    await desk.publish(0, requestOf(newLabIn(0), makeTallyLab()));
    await until('both were answered', () => heard.outcomes.length === 2);
    expect(heard.outcomes.find(({ commandId }) => commandId === request.id)).toMatchObject({
      isRemembered: false,
      outcome: { refusal: { code: 'CommandBroken', class: 'internal' } },
    });
    expect(commander.problems.map(({ problem }) => problem)).toEqual(['a command failed']);
  });

  test('tells a gateway at once of a command that the server cannot carry out', async () => {
    const commander = await desk.commander();
    const gateway = await desk.gateway();
    const request = requestOf(newLabIn(0), makeTallyLab());
    desk.log.faults.push({ kind: 'rejectFacts', commandId: request.id });
    // Within the time of a test, which is less than a gateway waits for an outcome.
    for (const _ of ['at first', 'and again']) {
      expect(await failureOf(gateway.submit(request))).toBe(`CommandBroken ${request.id}`);
    }
    const other = requestOf(request.labId, addTallyHost('h1'), { id: request.id });
    expect(codeOf(await gateway.submit(other))).toBe('IdempotencyKeyReused');
    expect(codeOf(await gateway.submit(requestOf(newLabIn(0), makeTallyLab())))).toBe('accepted');
    expect(commander.problems.map(({ problem }) => problem)).toEqual(['a command failed']);
  });

  test('keeps the order of what a pipeline published at once about a lab', async () => {
    const heard = await desk.hear();
    const labId = newLabIn(0);
    const bodies = [makeTallyLab(), addTallyHost('h1'), addTallyHost('h2'), addTallyHost('h1')];
    const requests = bodies.map((body) => requestOf(labId, body));
    for (const each of requests) await desk.publish(0, each);
    const commander = await desk.commander();
    await until('all were answered', () => heard.outcomes.length === 4);
    expect(commander.counts).toEqual([{ submitted: 4, refused: 0, passedOn: 0, unreadable: 0 }]);
    expect(heard.outcomes).toMatchObject([
      { commandId: requests[0]?.id, labVersion: 1 },
      { commandId: requests[1]?.id, labVersion: 2 },
      { commandId: requests[2]?.id, labVersion: 3 },
      { commandId: requests[3]?.id, outcome: { refusal: { code: 'HostExists' } } },
    ]);
  });

  test('whose accounts are away believes nobody and loses no command', async () => {
    const { publishers } = desk;
    let isAway = true;
    desk.publishers = {
      ...publishers,
      authenticate: async (token) => {
        if (isAway) throw new Error('away');
        return publishers.authenticate(token);
      },
    };
    await desk.commander();
    const heard = await desk.hear();
    await desk.publish(0, requestOf(newLabIn(0), makeTallyLab()));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard.outcomes).toEqual([]);
    isAway = false;
    await until('it was answered', () => heard.outcomes.length === 1);
    expect(heard.outcomes[0]).toMatchObject({ outcome: { kind: 'accepted' } });
  });

  test('whose refusal cannot be published has the batch again until it can', async () => {
    const faulty = new FaultyTransport(twin);
    faulty.faults = once('lostRequest');
    await desk.commander(faulty);
    const heard = await desk.hear();
    await desk.publish(0, requestOf(newLabIn(0), makeTallyLab()), { credential: '' });
    await until('it was refused', () => heard.outcomes.length === 1);
  });

  test('that gets its partitions back keeps its writers and what is in their memory', async () => {
    const commander = await desk.commander();
    const gateway = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    for (let turn = 0; turn < 3; turn += 1) await twin.rebalance('netfold.commanders');
    expect(codeOf(await gateway.submit(requestOf(labId, addTallyHost('h1'))))).toBe('accepted');
    expect(commander.made.toSorted((a, b) => a - b)).toEqual([0, 1]);
  });

  test('that gets a partition back after another had it begins with an empty memory', async () => {
    const commander = await desk.commander();
    const gateway = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    // Another process, of which this one has heard nothing.
    await desk.log.claim(0);
    await twin.rebalance('netfold.commanders');
    expect(codeOf(await gateway.submit(requestOf(labId, addTallyHost('h1'))))).toBe('accepted');
    expect(commander.made.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(commander.fenced).toEqual([]);
  });

  test('that is fenced while the partition is its own ends, and answers nothing more', async () => {
    const commander = await desk.commander();
    const gateway = await desk.gateway(twin, new ManualTime(Date.now()));
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    await desk.log.claim(0);
    const request = requestOf(labId, addTallyHost('h1'));
    const answer = gateway.submit(request);
    await until('it was fenced', () => commander.fenced.length > 0);
    expect(commander.fenced).toEqual([0]);
    expect(commander.owners.held).toEqual([1]);
    expect(await timesInLog(request.id)).toBe(0);
    // Its process ends here; the next one takes the command up.
    await commander.stop();
    await desk.commander();
    expect(codeOf(await answer)).toBe('accepted');
  });
});
