import type { Timers } from '@netfold/application';

export type Deadline = { readonly passed: Promise<'late'>; readonly cancel: () => void };

export function deadlineIn(timers: Timers, ms: number): Deadline {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const cancel = timers.after(ms, () => {
    resolve('late');
  });
  return { passed: promise, cancel };
}
