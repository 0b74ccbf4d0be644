import { createHash } from 'node:crypto';
import { distribution } from './distribution-checker.ts';
import type { History, LogRow } from './history.ts';

/**
 * Says what is wrong with a history: empty when all that clients were told is true.
 * Written against the promises alone; it shares no code with the product.
 */
export function findings(history: History): readonly string[] {
  return [
    ...positions(history),
    ...versions(history),
    ...hashes(history),
    ...answers(history),
    ...refusals(history),
    ...repeats(history),
    ...realTime(history),
    ...subscriptions(history),
    ...reads(history),
    ...names(history.log),
    ...addresses(history.log),
    ...distribution(history),
  ];
}

/** 4. Positions of each partition are 1..N without gap or repeat, and the head is N. */
function positions({ log, partitions }: History): readonly string[] {
  const wrong: string[] = [];
  const byPartition = Map.groupBy(log, ({ partition }) => partition);
  for (const [partition, rows] of byPartition) {
    const sorted = rows.map(({ position }) => position).toSorted((a, b) => a - b);
    for (const [index, position] of sorted.entries()) {
      if (position === index + 1) continue;
      wrong.push(`position ${partition}/${position} stands where ${index + 1} belongs`);
    }
  }
  for (const { partition, head } of partitions) {
    const count = byPartition.get(partition)?.length ?? 0;
    if (head !== count) wrong.push(`the head of partition ${partition} says ${head}, not ${count}`);
  }
  return wrong;
}

/** 10. The hash of each commit is that of its content, and what was there before is there still. */
function hashes({ log, earlier = [] }: History): readonly string[] {
  const now = new Map(log.map((row) => [`${row.partition}/${row.position}`, row.hash]));
  const changed = earlier.flatMap(({ partition, position, hash }) =>
    now.get(`${partition}/${position}`) === hash ? [] : [`${partition}/${position} has changed`],
  );
  const forged = log.flatMap(({ partition, position, hash, hashed }) =>
    createHash('sha256').update(hashed).digest('hex') === hash
      ? []
      : [`${partition}/${position} has the hash of another content`],
  );
  return [...changed, ...forged];
}

/** 5, 6, 10. Versions of each lab are 1..n in position order, and each names the hash before it. */
function versions({ log, heads }: History): readonly string[] {
  const wrong: string[] = [];
  const last = new Map<string, LogRow>();
  for (const row of log.toSorted((a, b) => a.position - b.position)) {
    const before = last.get(row.lab);
    if (before !== undefined && before.partition !== row.partition) {
      wrong.push(`${row.lab} moves from partition ${before.partition} to ${row.partition}`);
    }
    if (row.version !== (before?.version ?? 0) + 1) {
      wrong.push(`${row.lab} goes from version ${before?.version ?? 0} to ${row.version}`);
    }
    const expected = before?.hash ?? '0'.repeat(64);
    if (row.previousHash !== expected)
      wrong.push(`${row.lab} ${row.version} breaks the hash chain`);
    last.set(row.lab, row);
  }
  for (const { lab, version } of heads) {
    if (last.get(lab)?.version !== version) wrong.push(`the head of ${lab} says ${version}`);
  }
  return wrong;
}

/** 1, 2. An acknowledged command is in the log once, where it was said; a refused one is not. */
function answers({ log, journals }: History): readonly string[] {
  const byId = Map.groupBy(log, ({ commandId }) => commandId);
  const wrong: string[] = [];
  for (const [id, rows] of byId) {
    if (rows.length > 1) wrong.push(`command ${id} is in the log ${rows.length} times`);
  }
  for (const line of journals.flat()) {
    if (line.what !== 'answered') continue;
    const row = byId.get(line.id)?.[0];
    if (line.position === null && row !== undefined) {
      wrong.push(`command ${line.id} was said to leave no commit, and is in the log`);
    }
    if (line.position === null) continue;
    if (row === undefined) wrong.push(`command ${line.id} was acknowledged and is lost`);
    else if (row.position !== line.position || row.version !== line.version) {
      wrong.push(`command ${line.id} stands elsewhere than was said`);
    }
  }
  return wrong;
}

/** 3. A refusal rests on facts of the log alone, as they were at the version that it names. */
function refusals({ log, journals }: History): readonly string[] {
  const names = containersByVersion(log);
  const lines = journals.flat();
  const containerOf = new Map<string, string | null>();
  for (const line of lines) if (line.what === 'sent') containerOf.set(line.id, line.container);
  return lines.flatMap((line) => {
    if (line.what !== 'answered' || line.refusal === null) return [];
    const at = names.get(`${line.lab} ${line.version}`);
    const container = containerOf.get(line.id) ?? null;
    const of = `the refusal of ${line.id} at ${line.lab} ${line.version}`;
    if (at === undefined) return [`${of} rests on a version that is not in the log`];
    if (container === null) return [];
    const isThere = at.includes(container);
    if (line.refusal === 'ContainerNotFound' && isThere) return [`${of} denies ${container}`];
    if (line.refusal === 'ContainerNameTaken' && !isThere) return [`${of} invents ${container}`];
    return [];
  });
}

/** 8. The same command id always gets the same answer. */
function repeats({ journals }: History): readonly string[] {
  const first = new Map<string, string>();
  return journals.flat().flatMap((line) => {
    if (line.what !== 'answered') return [];
    const told = `${line.by} ${line.id}`;
    const known = first.get(told);
    first.set(told, known ?? line.answer);
    return known === undefined || known === line.answer ? [] : [`${line.id} got two answers`];
  });
}

/** 7. If A was acknowledged before B was sent, A stands before B in their partition. */
function realTime({ log, journals }: History): readonly string[] {
  const partitionOf = new Map(log.map(({ lab, partition }) => [lab, partition]));
  const lines = journals.flat().toSorted((a, b) => a.at - b.at);
  const sentAfter = new Map<string, number>();
  const wrong: string[] = [];
  const acknowledged = new Map<number, number>();
  for (const line of lines) {
    if (line.what !== 'sent' && line.what !== 'answered') continue;
    const partition = partitionOf.get(line.lab) ?? -1;
    const known = acknowledged.get(partition) ?? 0;
    if (line.what === 'sent') {
      if (!sentAfter.has(line.id)) sentAfter.set(line.id, known);
      continue;
    }
    if (line.position === null) continue;
    if (line.position <= (sentAfter.get(line.id) ?? 0))
      wrong.push(`${line.id} stands before what was known when it was sent`);
    acknowledged.set(partition, Math.max(known, line.position));
  }
  return wrong;
}

/** 24. A subscription shows each commit of its lab once, in order, without a hole, and no other. */
function subscriptions({ log, journals }: History): readonly string[] {
  const commits = new Map(log.map((row) => [`${row.lab} ${row.version}`, row.commandId]));
  const wrong: string[] = [];
  for (const journal of journals) {
    const last = new Map<string, number>();
    for (const line of journal) {
      if (line.what !== 'saw') continue;
      if (commits.get(`${line.lab} ${line.version}`) !== line.commandId) {
        wrong.push(`a subscription showed ${line.lab} ${line.version}, which is not in the log`);
      }
      const before = last.get(line.lab) ?? 0;
      if (line.version !== before + 1) {
        wrong.push(`a subscription to ${line.lab} went from ${before} to ${line.version}`);
      }
      last.set(line.lab, line.version);
    }
  }
  return wrong;
}

/** 22, 23. A read shows at least the version it demanded, and exactly the facts of that version. */
function reads({ log, journals }: History): readonly string[] {
  const names = containersByVersion(log);
  return journals.flat().flatMap((line) => {
    if (line.what !== 'read') return [];
    const of = `a read of ${line.lab} at ${line.version}`;
    if (line.version < line.wanted) return [`${of} is older than ${line.wanted}`];
    if (line.isExact && line.version !== line.wanted) return [`${of} is not ${line.wanted}`];
    const expected = names.get(`${line.lab} ${line.version}`);
    if (expected === undefined) return [`${of} shows a version that is not in the log`];
    const isEqual = line.containers.toSorted().join() === expected.join();
    return isEqual ? [] : [`${of} shows ${line.containers.join()} instead of ${expected.join()}`];
  });
}

/** Containers that are there after each version of each lab, as `host/name`, sorted. */
function containersByVersion(log: readonly LogRow[]): ReadonlyMap<string, readonly string[]> {
  const alive = new Map<string, Map<string, string>>();
  const at = new Map<string, readonly string[]>();
  for (const row of log.toSorted((a, b) => a.position - b.position)) {
    const names = alive.get(row.lab) ?? new Map<string, string>();
    for (const { type, data } of row.events) {
      const id = String(data['containerId']);
      if (type === 'ContainerCreated')
        names.set(id, `${String(data['host'])}/${String(data['name'])}`);
      if (type === 'ContainerRemoved') names.delete(id);
    }
    alive.set(row.lab, names);
    at.set(`${row.lab} ${row.version}`, [...names.values()].toSorted());
  }
  return at;
}

/** 13. At no moment do two containers of a host have one name. */
function names(log: readonly LogRow[]): readonly string[] {
  const wrong: string[] = [];
  const holders = new Map<string, string>();
  for (const { lab, events } of log.toSorted((a, b) => a.position - b.position)) {
    for (const { type, data } of events) {
      const id = `${lab} ${String(data['containerId'])}`;
      if (type === 'ContainerRemoved') {
        for (const [name, holder] of holders) if (holder === id) holders.delete(name);
      }
      if (type !== 'ContainerCreated') continue;
      const name = `${lab} ${String(data['host'])}/${String(data['name'])}`;
      if (holders.has(name)) wrong.push(`${name} is held twice`);
      holders.set(name, id);
    }
  }
  return wrong;
}

/** 11, 12, 15. At no moment is an address, a MAC or a host port held twice. */
function addresses(log: readonly LogRow[]): readonly string[] {
  const wrong: string[] = [];
  const holders = new Map<string, string>();
  const take = (what: string, holder: string): void => {
    if (holders.has(what)) wrong.push(`${what} is held twice`);
    holders.set(what, holder);
  };
  for (const { lab, events } of log.toSorted((a, b) => a.position - b.position)) {
    for (const { type, data } of events) {
      const holder = `${lab} ${String(data['endpointId'])}`;
      const on = `${lab} ${String(data['host'])} ${String(data['networkId'])}`;
      if (type === 'EndpointCreated' && data['ipv4'] !== '') {
        take(`${on} ${String(data['ipv4'])}`, holder);
        take(`${on} ${String(data['mac'])}`, holder);
      }
      const { host, protocol, hostIp, hostPort } = data;
      const port = [lab, host, protocol, hostIp, hostPort].map(String).join(' ');
      if (type === 'PortPublished') take(port, holder);
      if (type === 'PortUnpublished') holders.delete(port);
      if (type !== 'EndpointDeleted') continue;
      for (const [what, who] of holders) if (who === holder) holders.delete(what);
    }
  }
  return wrong;
}
