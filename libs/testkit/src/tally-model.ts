import type { LabModel } from '@netfold/application';
import type { Command, LabEvent, Refusal } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
import type { Decision, Lab } from '@netfold/domain';

/**
 * A domain as small as can be, for tests of the log and the use cases: the lab is a list of
 * host names and a clock. It makes and removes labs and hosts, and lets a host fall due.
 */
type Tally =
  | { readonly state: 'absent' }
  | { readonly state: 'removed'; readonly name: string }
  | {
      readonly state: 'active';
      readonly name: string;
      readonly time: number;
      readonly hostNames: readonly string[];
    };

/** A host of this name falls due after so many milliseconds and is then removed by itself. */
export const dueHost = (afterMs: number): string => `due-${afterMs}`;

const tallyOf = (lab: Lab): Tally => lab as unknown as Tally;
const labOf = (tally: Tally): Lab => tally as unknown as Lab;

export const tallyModel: LabModel = {
  initial: labOf({ state: 'absent' }),
  decide: (lab, command) => decide(tallyOf(lab), command),
  evolveAll: (lab, events) => labOf(events.reduce(evolve, tallyOf(lab))),
  dueAt: (lab) => dueHostsOf(tallyOf(lab))[0]?.at ?? null,
  deltaOf: ({ labId, tenantId, after, events }): Delta => {
    const tally = tallyOf(after);
    if (tally.state === 'absent' || events.length === 0) return [];
    const row = { labId, tenantId, name: tally.name, state: tally.state };
    return [{ table: 'lab', op: 'put', key: JSON.stringify([labId]), row }];
  },
  encodeLab: (lab) => lab,
  decodeLab: (json) => json as Lab,
  thingsOf: (lab) => {
    const tally = tallyOf(lab);
    return tally.state === 'active' ? 1 + tally.hostNames.length : 1;
  },
};

/** The names of the lab's hosts, as folded. */
export function hostNamesOf(lab: Lab): readonly string[] {
  const tally = tallyOf(lab);
  return tally.state === 'active' ? tally.hostNames : [];
}

function decide(tally: Tally, { body, now }: Command): Decision {
  if (body.type === 'CreateLab') {
    if (tally.state !== 'absent') return refused('conflict', 'LabExists');
    const data = { name: body.name, lans: [], images: null, createdAt: now };
    return accepted([timeIs(now), { type: 'LabCreated', data }, timeIs(now)]);
  }
  if (tally.state !== 'active') return refused('notFound', 'LabNotFound');
  const due = dueHostsOf(tally).filter(({ at }) => at <= now);
  const fallen = due.map(({ host }): LabEvent => ({ type: 'HostRemoved', data: { host } }));
  if (body.type === 'AdvanceTime') return accepted(fallen);
  if (body.type === 'RemoveLab') return accepted([{ type: 'LabRemoved', data: {} }]);
  if (body.type === 'RemoveHost') {
    if (!tally.hostNames.includes(body.host)) return refused('notFound', 'HostNotFound', fallen);
    return accepted([...fallen, { type: 'HostRemoved', data: { host: body.host } }]);
  }
  if (body.type !== 'AddHost') throw new Error(`the tally knows no ${body.type}`);
  const { host } = body;
  if (tally.hostNames.includes(host.name)) return refused('conflict', 'HostExists', fallen);
  const engine = { engineId: String(now), nextInterfaceIndex: 1, nextProcessId: 1, bootedAt: now };
  const data = { host: host.name, spec: host, ...engine };
  return accepted([timeIs(now), ...fallen, { type: 'HostAdded', data }], { host: host.name });
}

function evolve(tally: Tally, event: LabEvent): Tally {
  if (event.type === 'LabCreated') {
    return { state: 'active', name: event.data.name, time: 0, hostNames: [] };
  }
  if (tally.state !== 'active') return tally;
  if (event.type === 'LabRemoved') return { state: 'removed', name: tally.name };
  if (event.type === 'TimeAdvanced') return { ...tally, time: event.data.to };
  if (event.type === 'HostAdded') {
    return { ...tally, hostNames: [...tally.hostNames, event.data.host] };
  }
  if (event.type !== 'HostRemoved') throw new Error(`the tally folds no ${event.type}`);
  const isOther = (name: string) => name !== event.data.host;
  return { ...tally, hostNames: tally.hostNames.filter(isOther) };
}

function dueHostsOf(tally: Tally) {
  if (tally.state !== 'active') return [];
  return tally.hostNames
    .filter((host) => host.startsWith('due-'))
    .map((host) => ({ host, at: tally.time + Number(host.slice(4)) }));
}

const timeIs = (to: number): LabEvent => ({ type: 'TimeAdvanced', data: { to } });

const accepted = (events: readonly LabEvent[], ids: Record<string, string> = {}): Decision => ({
  events,
  outcome: { kind: 'accepted', answer: { ids, warnings: [] } },
});

function refused(of: Refusal['class'], code: string, events: readonly LabEvent[] = []): Decision {
  return { events, outcome: { kind: 'refused', refusal: { class: of, code, message: code } } };
}
