import { Leave, assign, shellLimits } from './session.ts';
import type { Session } from './session.ts';

/** Variables that stand before a command are so for it alone. */
export const withVariables = (
  session: Session,
  set: readonly (readonly [name: string, value: string])[],
  run: () => number,
): number => {
  const before = set.map(([name]) => [name, session.variables.get(name)] as const);
  for (const [name, value] of set) assign(session, name, value);
  try {
    return run();
  } finally {
    for (const [name, value] of before) restore(session, name, value);
  }
};

const restore = (session: Session, name: string, value: string | undefined): void => {
  if (value === undefined) session.variables.delete(name);
  else session.variables.set(name, value);
};

/** Parameters of its own, and what is `local` in it, until it ends. */
export const callFunction = (
  session: Session,
  argv: readonly string[],
  run: () => number,
): number => {
  if (session.calls >= shellLimits.callsMax) throw new Leave('stopped', 1);
  const { positional } = session;
  const hidden = new Map<string, string | undefined>();
  session.hidden.push(hidden);
  session.positional = argv.slice(1);
  session.calls += 1;
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Leave) || error.kind !== 'return') throw error;
    return error.value;
  } finally {
    session.calls -= 1;
    session.positional = positional;
    session.hidden.pop();
    for (const [name, value] of hidden) restore(session, name, value);
  }
};
