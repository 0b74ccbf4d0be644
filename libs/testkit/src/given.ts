import type {
  Answer,
  Command,
  CommandBody,
  EventType,
  LabEvent,
  LabTime,
  Refusal,
  RefusalClass,
} from '@netfold/contracts';
import { decide, evolveAll, initial } from '@netfold/domain';
import type { ActiveLab, Decision, Lab } from '@netfold/domain';

/** What each type of fact holds. */
type FactData = { [Fact in LabEvent as Fact['type']]: Fact['data'] };

/**
 * Given these facts, when this command, then these facts or this refusal.
 *
 * `given(...facts)` begins a lab; `.when(body)` decides and folds, and may be repeated:
 * each command
 * is decided on what the ones before left. `then…` looks at the last decision.
 */
export type Scene = {
  readonly lab: ActiveLab;
  readonly decision: Decision;
  /** The facts of the last decision. */
  readonly events: readonly LabEvent[];
  when(body: CommandBody, at?: LabTime): Scene;
  /** Asserts acceptance. */
  thenAccepted(): Scene;
  thenAnswer(): Answer;
  /** Asserts the refusal's class and message (exact text, or a pattern) and gives it. */
  thenRefused(refusalClass: RefusalClass, message: string | RegExp): Refusal;
  /** Asserts the types of the last decision's facts, in order. */
  thenFacts(...types: readonly EventType[]): Scene;
  /** The only fact of that type in the last decision. */
  fact<T extends EventType>(type: T): FactData[T];
  facts<T extends EventType>(type: T): readonly FactData[T][];
};

/** Noon of 2024-01-01 UTC: labs of tests begin here. */
export const testEpoch: LabTime = 1_704_110_400_000;

export function given(...facts: readonly LabEvent[]): Scene {
  return sceneOf(evolveAll(initial, facts), { events: facts, outcome: nothingYet }, 0);
}

const nothingYet: Decision['outcome'] = { kind: 'accepted', answer: { ids: {}, warnings: [] } };

/** A command with everything around its body filled in; each `count` draws other ids. */
export function commandOf(body: CommandBody, now: LabTime, count: number): Command {
  return {
    id: `command-${count}`,
    labId: 'lab-00000001',
    tenantId: 'local',
    actorId: 'tester',
    face: 'cli',
    commandText: null,
    correlationId: `correlation-${count}`,
    causationId: null,
    now,
    random: (0x9e3779b9 * (count + 1)).toString(16).padStart(32, '5').slice(-32),
    expectedVersion: null,
    body,
  };
}

function sceneOf(lab: Lab, decision: Decision, count: number): Scene {
  const { outcome, events } = decision;
  const facts = <T extends EventType>(type: T): readonly FactData[T][] =>
    events.flatMap((event) => (event.type === type ? [event.data as FactData[T]] : []));
  const scene: Scene = {
    get lab(): ActiveLab {
      if (lab.state !== 'active') throw new Error(`the lab is ${lab.state}`);
      return lab;
    },
    decision,
    events,
    when: (body, at) => {
      const now = at ?? (lab.state === 'active' ? lab.time + 1 : testEpoch);
      const next = decide(lab, commandOf(body, now, count));
      return sceneOf(evolveAll(lab, next.events), next, count + 1);
    },
    thenAccepted: () => {
      if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.message}`);
      return scene;
    },
    thenAnswer: () => {
      if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.message}`);
      return outcome.answer;
    },
    thenRefused: (refusalClass, message) => refusalLike(decision, refusalClass, message),
    thenFacts: (...types) => {
      const seen = events.map((event) => event.type).join(', ');
      if (seen !== types.join(', ')) throw new Error(`facts: ${seen}`);
      return scene;
    },
    fact: (type) => {
      const found = facts(type);
      const [first] = found;
      if (first === undefined || found.length > 1) {
        throw new Error(`${found.length} facts ${type} among: ${typesOf(events)}`);
      }
      return first;
    },
    facts,
  };
  return scene;
}

function refusalLike(
  decision: Decision,
  refusalClass: RefusalClass,
  message: string | RegExp,
): Refusal {
  const { outcome } = decision;
  if (outcome.kind !== 'refused') throw new Error(`accepted, with: ${typesOf(decision.events)}`);
  const { refusal } = outcome;
  const isLike =
    typeof message === 'string' ? refusal.message === message : message.test(refusal.message);
  if (refusal.class !== refusalClass || !isLike) {
    throw new Error(`refused as ${refusal.class}: ${refusal.message}`);
  }
  return refusal;
}

function typesOf(events: readonly LabEvent[]): string {
  return events.map((event) => event.type).join(', ') || 'nothing';
}
