import type { StackName } from '@netfold/dataplane';
import type { ToolWorld } from '../tool.ts';

/** The network stack that a program sends from: every stack has a loopback, which tells. */
export const originOf = ({ stack }: ToolWorld): StackName => {
  const [first] = stack.interfaces;
  return { host: first?.host ?? '', namespace: first?.namespace ?? '-' };
};

/**
 * Round-trip times are not simulated: a lab's links have no length. What is printed is what such a
 * trip takes between two namespaces of one machine, milliseconds.
 */
export const roundTripMs = (sequence: number): string =>
  (0.061 + ((sequence * 7) % 5) * 0.004).toFixed(3);
