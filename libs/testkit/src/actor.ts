import type { Actor } from '@netfold/application';

/** Whoever a test lets ask. */
export const actorOf = (changes: Partial<Actor> = {}): Actor => ({
  id: 'user-teacher',
  tenantId: 'local',
  role: 'operator',
  scopes: null,
  labIds: null,
  ...changes,
});
