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
  createNetwork: 10,
  createOverlay: 6,
  removeNetwork: 4,
  pruneNetworks: 1,
  connect: 12,
  disconnect: 7,
  createContainer: 6,
  runContainer: 18,
  start: 8,
  stop: 8,
  restart: 4,
  kill: 3,
  pause: 3,
  unpause: 3,
  rename: 2,
  remove: 8,
  pruneContainers: 1,
  createExec: 3,
  startExec: 5,
  endExec: 8,
  initSwarm: 3,
  joinSwarm: 4,
  leaveSwarm: 1,
  addHost: 1,
  removeHost: 1,
  advanceTime: 3,
  endProcess: 3,
  probeHealth: 3,
  sendPackets: 5,
  editFirewall: 4,
  editStacks: 8,
  store: 12,
  mistake: 24,
} as const;

export type IntentKind = keyof typeof weights;

const kinds = fc.oneof(
  ...Object.entries(weights).map(([kind, weight]) => ({
    weight,
    arbitrary: fc.constant(kind as IntentKind),
  })),
);

const choice = fc.nat({ max: 255 });

const intent: fc.Arbitrary<Intent> = fc.record({
  kind: kinds,
  host: fc.nat({ max: 7 }),
  a: choice,
  b: choice,
  c: choice,
});

/** Long enough that the median run has 40 commands or more. */
export const intents = fc.array(intent, { minLength: 36, maxLength: 48, size: 'max' });
