import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { OpenLabHandler } from './open-lab.ts';
import { SubmitCommandHandler } from './submit-command.ts';

/** Where the decorators note what a handler handles; the package does not export the names. */
const noted = ['__commandHandler__', '__queryHandler__'] as const;

export const handlers: readonly Type[] = [SubmitCommandHandler, OpenLabHandler];

/**
 * The buses let a second handler replace the first with no more than a warning.
 * @throws when two handlers stand for one message
 */
export function demandOneHandlerEach(all: readonly Type[]): void {
  const seen = new Map<unknown, string>();
  for (const handler of all) {
    const message = noted
      .map((key): unknown => Reflect.getMetadata(key, handler))
      .find((found) => found !== undefined);
    if (message === undefined) throw new Error(`${handler.name} handles nothing`);
    const earlier = seen.get(message);
    if (earlier !== undefined) {
      throw new Error(`${handler.name} and ${earlier} handle the same message`);
    }
    seen.set(message, handler.name);
  }
}
