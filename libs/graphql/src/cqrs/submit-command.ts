import type { Actor, CommandRequest, CommandResult, GuardedGate } from '@netfold/application';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { gateToken } from './tokens.ts';

/** A command on its way from a face to the writer. */
export class SubmitCommand extends Command<CommandResult> {
  readonly actor: Actor;
  readonly request: CommandRequest;

  constructor(actor: Actor, request: CommandRequest) {
    super();
    this.actor = actor;
    this.request = request;
  }
}

@CommandHandler(SubmitCommand)
export class SubmitCommandHandler implements ICommandHandler<SubmitCommand> {
  readonly #gate: GuardedGate;

  constructor(@Inject(gateToken) gate: GuardedGate) {
    this.#gate = gate;
  }

  execute({ actor, request }: SubmitCommand): Promise<CommandResult> {
    return this.#gate.submit(actor, request);
  }
}
