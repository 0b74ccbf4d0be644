import {
  AccountAdministration,
  defaultQuotas,
  GuardedGate,
  GuardedReaders,
  LabAccess,
} from '@netfold/application';
import type {
  Actor,
  CommandGate,
  EventLog,
  LabReaders,
  LabStates,
  Quotas,
  RememberedOutcome,
} from '@netfold/application';
import { buildResolvers, executableSchema, maskError, RequestContext } from '@netfold/graphql';
import type {
  HostCertificate,
  HostShellLine,
  HostShellResult,
  ResolverParts,
} from '@netfold/graphql';
import { graphql, parse, subscribe } from 'graphql';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { actorOf } from './actor.ts';
import { MemoryAccounts } from './memory-accounts.ts';
import { ScriptedLabs } from './scripted-labs.ts';

type Answer = {
  // What a query answers is as deep as the query: tests look into it as they like.
  readonly data: Record<string, never> | null | undefined;
  readonly errors: readonly { readonly message: string; readonly code: unknown }[];
};

/** What a desk's labs do: scripted ones, or a real lab in memory. */
export type DeskLabs = LabReaders & LabStates & CommandGate & Pick<EventLog, 'readLab'>;

/** The resolvers over labs and accounts in memory, asked as a client asks. */
export class GraphqlDesk<L extends DeskLabs = ScriptedLabs> {
  readonly labs: L;
  readonly accounts = new MemoryAccounts();
  readonly outcomes: RememberedOutcome[] = [];
  readonly faults: unknown[] = [];
  shell: (line: HostShellLine) => HostShellResult = () => ({ stdout: '', stderr: '', exitCode: 0 });
  certificate: HostCertificate | 'noDoor' | 'unfitKey' = 'noDoor';
  readonly schema: GraphQLSchema;
  readonly gate: GuardedGate;
  readonly readers: GuardedReaders;
  readonly parts: ResolverParts;
  #ids = 0;

  constructor(quotas: Quotas = defaultQuotas, given?: L) {
    // Without labs of its own a desk has scripted ones, which is what L then is.
    const labs = given ?? (new ScriptedLabs() as unknown as L);
    this.labs = labs;
    const { accounts } = this;
    const access = new LabAccess(labs, accounts);
    const clock = () => 0;
    const log = {
      findOutcome: (tenantId: string, commandId: string) =>
        Promise.resolve(
          this.outcomes.find((one) => one.tenantId === tenantId && one.commandId === commandId) ??
            null,
        ),
      readLab: labs.readLab.bind(labs),
    };
    const memberships = accounts;
    this.gate = new GuardedGate({
      gate: labs,
      access,
      memberships,
      readers: labs,
      log,
      quotas,
      clock,
    });
    this.readers = new GuardedReaders(labs, labs, access);
    this.parts = {
      access,
      readers: labs,
      states: labs,
      log,
      accounts,
      memberships,
      clock,
      administration: new AccountAdministration({
        accounts,
        memberships,
        quotas,
        clock,
      }),
      newCommandId: () => `made-up-${(this.#ids += 1)}`,
      dockerHostOf: (labId, host) => Promise.resolve(`unix:///run/${labId}/${host}.sock`),
      hostCertificate: () => Promise.resolve(this.certificate),
      hostShell: (line) => Promise.resolve(this.shell(line)),
    };
    this.schema = executableSchema(buildResolvers(this.parts));
  }

  contextOf(actor: Actor): { readonly request: RequestContext } {
    const { gate, readers } = this;
    const dispatch = {
      submit: gate.submit.bind(gate),
      openLab: readers.open.bind(readers),
    };
    return { request: new RequestContext(actor, 'request-1', dispatch) };
  }

  async ask(
    source: string,
    variableValues: Record<string, unknown> = {},
    actor = actorOf(),
  ): Promise<Answer> {
    const contextValue = this.contextOf(actor);
    const result = await graphql({ schema: this.schema, source, variableValues, contextValue });
    await contextValue.request.close();
    const errors = (result.errors ?? []).map((error) => {
      const shown = maskError(error, 'request-1', (fault) => this.faults.push(fault));
      return { message: shown.message, code: shown.extensions['code'] };
    });
    return { data: result.data as Answer['data'], errors };
  }

  /** What a subscriber sees until the scripted commits are at their end. */
  async watch(source: string, actor = actorOf()): Promise<readonly unknown[]> {
    const document = parse(source);
    const contextValue = this.contextOf(actor);
    const stream = await subscribe({ schema: this.schema, document, contextValue });
    if (!(Symbol.asyncIterator in stream)) return [stream];
    const seen: ExecutionResult[] = [];
    for await (const result of stream) seen.push(result);
    await contextValue.request.close();
    return seen;
  }
}
