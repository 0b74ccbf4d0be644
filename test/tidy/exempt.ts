/** Files that the limits of size do not bind; each group with its reason. */
export const exemptFromLimits: readonly string[] = [
  // Written by tools.
  'package-lock.json',
  '**/golden/**',
  '**/__snapshots__/**',
  'libs/graphql/schema.graphql',
  'libs/readmodel-postgres/sql/tables.sql',
  'libs/readmodel-postgres/sql/keys.sql',
  'libs/readmodel-postgres/sql/functions/apply_changes.sql',
  // Text of others.
  'LICENSE',
  'test/transcripts/**/*.json',
  'test/transcripts/reachability/recorded.jsonl',
  'libs/docker-api/recordings/**',
];

/** Files that must name what they forbid. */
export const exemptFromWords: readonly string[] = [
  'test/tidy/**',
  // Text of others.
  'libs/docker-api/recordings/**',
  // Looks for a scorer that CI may keep beside the clone.
  '.ci/score',
];
