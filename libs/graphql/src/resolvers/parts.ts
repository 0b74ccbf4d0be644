import type {
  AccountAdministration,
  Accounts,
  Actor,
  Clock,
  EventLog,
  LabAccess,
  LabReaders,
  LabStates,
  Memberships,
} from '@netfold/application';
import type { CommandId, HostName, LabId } from '@netfold/contracts';
import type { RequestContext } from '../request/request-context.ts';

/** What resolvers are made of. Nothing of the framework, nothing of a store. */
export type ResolverParts = {
  readonly access: LabAccess;
  readonly readers: Pick<LabReaders, 'labs'>;
  readonly states: Pick<LabStates, 'committed' | 'follow'>;
  readonly log: Pick<EventLog, 'findOutcome' | 'readLab'>;
  readonly accounts: Accounts;
  readonly memberships: Memberships;
  readonly administration: AccountAdministration;
  readonly clock: Clock;
  /** For clients that choose no command id; unique. */
  readonly newCommandId: () => CommandId;
  /** What `DOCKER_HOST` is set to for a host's engine; `null` when the lab has no such host. */
  readonly dockerHostOf: (labId: LabId, host: HostName) => Promise<string | null>;
  readonly hostCertificate: (
    wish: HostCertificateWish,
  ) => Promise<HostCertificate | 'noDoor' | 'unfitKey'>;
  readonly hostShell: (line: HostShellLine) => Promise<HostShellResult>;
};

/** A command for the shell of a host that exists, from an actor who may change the lab. */
export type HostShellLine = {
  readonly actor: Actor;
  readonly labId: LabId;
  readonly host: HostName;
  readonly argv: readonly string[];
  /** Of the request. */
  readonly traceparent: string | null;
};

export type HostShellResult = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

/** A certificate for the engine of a host that exists, from an actor who may look at the lab. */
type HostCertificateWish = {
  readonly actor: Actor;
  readonly labId: LabId;
  readonly host: HostName;
  /** PEM. */
  readonly publicKey: string;
};

/** What a Docker client elsewhere needs besides its private key. */
export type HostCertificate = {
  /** For `DOCKER_HOST`. */
  readonly endpoint: string;
  /** PEM; what the server is known by. */
  readonly authority: string;
  /** PEM; what the client is known by. */
  readonly certificate: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

/** The third argument of every resolver. */
export type ResolverContext = { readonly request: RequestContext };
