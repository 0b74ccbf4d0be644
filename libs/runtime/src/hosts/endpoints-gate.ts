import type { CommandGate, CommandRequest, CommandResult } from '@netfold/application';
import type { CommandBody } from '@netfold/contracts';
import type { HostEndpoints } from './host-endpoints.ts';

/** Lets a host's Docker endpoint be there before the command that added the host is answered. */
export class EndpointsGate implements CommandGate {
  readonly #gate: CommandGate;
  readonly #endpoints: () => HostEndpoints;

  constructor(gate: CommandGate, endpoints: () => HostEndpoints) {
    this.#gate = gate;
    this.#endpoints = endpoints;
  }

  async submit(request: CommandRequest): Promise<CommandResult> {
    const result = await this.#gate.submit(request);
    const isDone = result.outcome.kind === 'accepted';
    if (isDone && changesHosts(request.body)) await this.#endpoints().sync(request.labId);
    return result;
  }
}

const changing: ReadonlySet<CommandBody['type']> = new Set([
  'CreateLab',
  'RemoveLab',
  'AddHost',
  'RemoveHost',
]);

const changesHosts = (body: CommandBody): boolean =>
  body.type === 'ApplyBatch' ? body.commands.some(changesHosts) : changing.has(body.type);
