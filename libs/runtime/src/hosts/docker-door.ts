import type { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { systemClock } from '@netfold/application';
import type { Actor, LabStates } from '@netfold/application';
import {
  AuthorityUnreadable,
  CertificateAuthority,
  clientKeyOf,
  holderOf,
  serverCertificateMs,
} from '@netfold/auth';
import type { TokenAuthenticator } from '@netfold/auth';
import { NetfoldProblem } from '@netfold/configuration';
import { doorPrefix, openDoor } from '@netfold/docker-api';
import type { Door, DoorCredentials } from '@netfold/docker-api';
import type { GraphqlParts } from '@netfold/graphql';
import type { Logger } from 'pino';
import { portInUse } from '../http/start-http.ts';
import type { DoorSettings } from '../settings/docker-tls.ts';
import { engineFor } from './actor-engine.ts';

/** Its certificate is replaced in time for whoever was asleep at the first attempt. */
const renewMs = serverCertificateMs / 30;

type DoorAccess = {
  /** The way of every other face: rights and quotas first. */
  readonly graphql: Pick<GraphqlParts, 'gate' | 'access'>;
  readonly authenticator: Pick<TokenAuthenticator, 'actorOfToken'>;
  readonly states: LabStates;
  readonly logger: Logger;
};

/** The TLS listener before the engines of all lab hosts, and what lets clients in. */
export class DockerDoor {
  /** `tcp://NAME:PORT`, as clients call it. */
  readonly url: string;
  readonly #authority: CertificateAuthority;
  readonly #door: Door;
  readonly #renewal: NodeJS.Timeout;

  private constructor(
    url: string,
    authority: CertificateAuthority,
    door: Door,
    renewal: NodeJS.Timeout,
  ) {
    this.url = url;
    this.#authority = authority;
    this.#door = door;
    this.#renewal = renewal;
  }

  /** @throws NetfoldProblem when the authority cannot be used, or the port is in use */
  static async open(settings: DoorSettings, access: DoorAccess): Promise<DockerDoor> {
    const { port, address, host, publicPort } = settings;
    const authority = await authorityOf(settings.folder);
    const credentials = (): Promise<DoorCredentials> => credentialsOf(authority, host);
    const door = await openDoor({
      credentials: await credentials(),
      port,
      address,
      clock: systemClock,
      actorOf: (certificate) => actorOf(access, certificate),
      engineOf: (actor, labId, name) => {
        const { graphql, states, logger } = access;
        return engineFor({ ...graphql, states, logger }, { actor, labId, host: name });
      },
      report: (error) => access.logger.error({ err: error }, 'request of a Docker client failed'),
    }).catch((cause: unknown) => {
      const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      throw isTaken ? portInUse(port, '--docker-tls', cause) : cause;
    });
    const renewal = setInterval(() => {
      credentials().then(
        (renewed) => door.renew(renewed),
        (error: unknown) => access.logger.error({ err: error }, 'certificate was not renewed'),
      );
    }, renewMs).unref();
    const name = isIPv6(host) ? `[${host}]` : host;
    const url = `tcp://${name}:${publicPort ?? door.port}`;
    return new DockerDoor(url, authority, door, renewal);
  }

  /** Whoever may is for the caller to know; without a token there is nothing to name. */
  certificateFor: GraphqlParts['hostCertificate'] = async ({ actor, labId, host, publicKey }) => {
    const key = clientKeyOf(publicKey);
    if (key === null) return 'unfitKey';
    const { tenantId, tokenId } = actor;
    if (tokenId === undefined) throw new Error('a certificate was asked for without a token');
    const issued = await this.#authority.issueToClient({ tenantId, tokenId, labId }, actor.id, key);
    const endpoint = `${this.url}${doorPrefix(labId, host)}`;
    return { ...issued, endpoint, authority: this.#authority.certificate };
  };

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#door.close();
  }
}

async function authorityOf(folder: string): Promise<CertificateAuthority> {
  try {
    return await CertificateAuthority.open(folder, systemClock);
  } catch (cause) {
    if (!(cause instanceof AuthorityUnreadable)) throw cause;
    throw new NetfoldProblem(
      {
        code: 'NF1310',
        problem: `the authority for certificates in \`${cause.path}\` cannot be used`,
        cause: cause.message,
        fix: 'restore the file; or remove it, and let every Docker client get a new context',
      },
      { cause },
    );
  }
}

/** Programs of the server's own machine call it by these. */
const localNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

async function credentialsOf(
  authority: CertificateAuthority,
  host: string,
): Promise<DoorCredentials> {
  const issued = await authority.issueToServer([...new Set([host, ...localNames])]);
  return { ...issued, authority: authority.certificate };
}

/** The certificate narrows its holder to one lab. */
async function actorOf(access: DoorAccess, certificate: X509Certificate): Promise<Actor | null> {
  const holder = holderOf(certificate);
  if (holder === null) return null;
  const { tenantId, tokenId, labId } = holder;
  const actor = await access.authenticator.actorOfToken(tenantId, tokenId);
  if (actor === null) return null;
  const mayReach = actor.labIds === null || actor.labIds.includes(labId);
  return { ...actor, labIds: mayReach ? [labId] : [] };
}
