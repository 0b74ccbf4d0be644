/** What one request may ask for; a test stands at each limit. */
export const limits = {
  bodyBytes: 100 * 1024,
  tokens: 2_000,
  /** Levels of objects below the operation. */
  depth: 8,
  /** Introspection nests deeper by its nature (`ofType`), and reads nothing of a lab. */
  introspectionDepth: 15,
  aliases: 30,
  rootFields: 10,
  mutations: 10,
  directivesPerField: 3,
  fragments: 50,
  pageSize: 200,
  /** Points: every object costs one, a list its size times what an element costs. */
  cost: 5_000,
  /** What a list without `first` counts as: those are bounded by something small. */
  plainListSize: 5,
  variablesDepth: 32,
  queryMs: 5_000,
  /** Besides: a line in a host's shell may sleep, and wait for what it runs. */
  hostExecMs: 120_000,
  /** Compiled queries kept. */
  cachedQueries: 256,
  connectionInitMs: 5_000,
  subscriptionsPerSocket: 20,
  socketsPerActor: 5,
  socketMessageBytes: 100 * 1024,
  socketPingMs: 30_000,
  /** A token that was revoked or ran out closes its sockets within this time. */
  socketRecheckMs: 30_000,
  effectsPerPage: 200,
} as const;
