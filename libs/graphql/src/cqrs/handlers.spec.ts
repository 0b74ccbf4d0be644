import { CommandHandler } from '@nestjs/cqrs';
import { expect, test } from 'vitest';
import { demandOneHandlerEach, handlers } from './handlers.ts';
import { SubmitCommand } from './submit-command.ts';

test('every message has one handler', () => {
  expect(() => demandOneHandlerEach(handlers)).not.toThrow();
});

test('a second handler for a message is found', () => {
  @CommandHandler(SubmitCommand)
  class Impostor {
    execute(): void {
      throw new Error('never called');
    }
  }
  expect(() => demandOneHandlerEach([...handlers, Impostor])).toThrow(
    'Impostor and SubmitCommandHandler handle the same message',
  );
});

test('a class that handles nothing is found', () => {
  class Bystander {
    watch(): void {}
  }
  expect(() => demandOneHandlerEach([Bystander])).toThrow('Bystander handles nothing');
});
