import fc from 'fast-check';

/**
 * What a random user is about to do: a kind and three numbers that choose among what the lab holds
 * at that moment. Numbers, not names, so that shrinking keeps a failing run meaningful.
 */
export type Intent = {
  readonly kind: IntentKind;
  readonly host: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

/** How often each kind comes, against the others. */
const weights = {
  createNetwork: 8,
  createOverlay: 5,
  removeNetwork: 4,
  pruneNetworks: 1,
  connect: 10,
  disconnect: 6,
  createContainer: 9,
  runContainer: 20,
  start: 12,
  stop: 6,
  restart: 3,
  kill: 2,
  pause: 2,
  unpause: 3,
  rename: 2,
  remove: 8,
  pruneContainers: 1,
  createExec: 2,
  startExec: 2,
  endExec: 2,
  initSwarm: 3,
  joinSwarm: 4,
  leaveSwarm: 1,
  addHost: 1,
  removeHost: 1,
  advanceTime: 3,
  endProcess: 2,
  wrongReference: 2,
} as const;

export type IntentKind = keyof typeof weights;

const kinds = fc.oneof(
  ...Object.entries(weights).map(([kind, weight]) => ({
    weight,
    arbitrary: fc.constant(kind as IntentKind),
  })),
);

const choice = fc.nat({ max: 255 });

export const intent: fc.Arbitrary<Intent> = fc.record({
  kind: kinds,
  host: fc.nat({ max: 7 }),
  a: choice,
  b: choice,
  c: choice,
});

/** Long enough that the median run has 40 commands or more. */
export const intents = fc.array(intent, { minLength: 30, maxLength: 60, size: 'max' });
