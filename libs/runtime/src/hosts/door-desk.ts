import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import {
  GuardedGate,
  LabAccess,
  ProcessGate,
  localQuotas,
  systemClock,
  systemTimers,
} from '@netfold/application';
import type { Actor, Clock, CommandGate, LabStates, Memberships } from '@netfold/application';
import { CertificateAuthority, clientKeyOf } from '@netfold/auth';
import { pino } from 'pino';
import { DockerDoor } from './docker-door.ts';

export const labId = 'lab-00000001';
const prefix = `/labs/${labId}/hosts/h1`;

/** What a client of the door has; for the specs of this library. */
export type DoorClient = { readonly ca: string; readonly cert?: string; readonly key?: string };

type Reply = { readonly status: number; readonly text: string };

const teacher: Actor = {
  id: 'user-teacher',
  tenantId: 'local',
  role: 'operator',
  scopes: null,
  labIds: null,
};

/** An open answer, read as it comes. */
export type OpenStream = { readonly text: () => string; readonly ended: Promise<string> };

/** A door before one lab in memory, and clients of it. */
export class DoorDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'netfold-door-'));
  /** Whose token opens something, by its id. */
  readonly holders = new Map<string, Actor>();
  readonly #opened: { destroy(): unknown }[] = [];
  #door: DockerDoor | null = null;

  /** @param lab  with the host `h1` */
  static async open(lab: CommandGate & LabStates, memberships: Memberships): Promise<DoorDesk> {
    const desk = new DoorDesk();
    const gate = new ProcessGate({ gate: lab, states: lab, timers: systemTimers });
    const access = new LabAccess(lab, memberships);
    const guarded = new GuardedGate({
      gate,
      access,
      memberships,
      quotas: localQuotas,
      clock: systemClock,
      readers: { labs: () => Promise.resolve({ rows: [], cursors: [], hasNext: false }) },
      log: { findOutcome: () => Promise.resolve(null) },
    });
    desk.#door = await DockerDoor.open(
      { port: 0, address: '127.0.0.1', host: 'localhost', publicPort: null, folder: desk.folder },
      {
        graphql: { gate: guarded, access },
        authenticator: {
          actorOfToken: (_, tokenId) => Promise.resolve(desk.holders.get(tokenId) ?? null),
        },
        states: lab,
        logger: pino({ level: 'silent' }),
      },
    );
    return desk;
  }

  get door(): DockerDoor {
    if (this.#door === null) throw new Error('the door is not open');
    return this.#door;
  }

  get port(): number {
    return Number(new URL(this.door.url).port);
  }

  /** A client with a certificate that the door has made. */
  async client(changes: Partial<Actor> = {}, on = labId): Promise<DoorClient> {
    const actor = this.#holder(changes);
    const { publicKey, key } = newKey();
    const made = await this.door.certificateFor({ actor, labId: on, host: 'h1', publicKey });
    if (typeof made === 'string') throw new Error(`no certificate: ${made}`);
    return { ca: made.authority, cert: made.certificate, key };
  }

  /** One whose certificate was signed by an authority, at the time of a clock. */
  async clientOf(folder: string, clock: Clock): Promise<DoorClient> {
    const actor = this.#holder({});
    const authority = await CertificateAuthority.open(folder, clock);
    const { publicKey, key } = newKey();
    const holder = { tenantId: actor.tenantId, tokenId: actor.tokenId ?? '', labId };
    const der = clientKeyOf(publicKey);
    if (der === null) throw new Error('the key is unfit');
    const made = await authority.issueToClient(holder, actor.id, der);
    const ours = await CertificateAuthority.open(this.folder, systemClock);
    return { ca: ours.certificate, cert: made.certificate, key };
  }

  /** @param path  of the engine; beginning with `//`: of the door itself */
  async ask(client: DoorClient, method: string, path: string, body?: object): Promise<Reply> {
    const response = await this.#send(client, { method, path, body });
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode ?? 0, text };
  }

  /** Leaves the answer open. */
  async follow(client: DoorClient, path: string): Promise<OpenStream & { status: number }> {
    const response = await this.#send(client, { method: 'GET', path });
    this.#opened.push(response.socket);
    let text = '';
    response.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<string>((resolve) => {
      response.once('close', () => resolve(text));
      response.on('error', () => resolve(text));
    });
    return { status: response.statusCode ?? 0, text: () => text, ended };
  }

  /** A connection on which nothing has been asked. */
  async connection(client: DoorClient): Promise<TLSSocket> {
    const socket = connect({
      port: this.port,
      host: '127.0.0.1',
      servername: 'localhost',
      ...client,
    });
    this.#opened.push(socket);
    await new Promise((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.on('error', reject);
    });
    return socket;
  }

  /** What comes back for bytes of any kind until the door closes. */
  static async said(socket: TLSSocket, bytes: string): Promise<string> {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write(bytes);
    await closed;
    return text;
  }

  async sleeper(client: DoorClient, name: string): Promise<void> {
    const body = { Image: 'alpine', Cmd: ['sleep', '1d'] };
    await this.ask(client, 'POST', `/containers/create?name=${name}`, body);
    await this.ask(client, 'POST', `/containers/${name}/start`);
  }

  async close(): Promise<void> {
    for (const one of this.#opened) one.destroy();
    await this.#door?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #holder(changes: Partial<Actor>): Actor {
    const tokenId = `token-${this.holders.size + 1}`;
    const actor: Actor = { ...teacher, ...changes, tokenId };
    this.holders.set(tokenId, actor);
    return actor;
  }

  #send(
    client: DoorClient,
    of: { method: string; path: string; body?: object | undefined },
  ): Promise<IncomingMessage> {
    const { method, body } = of;
    const path = of.path.startsWith('//') ? of.path.slice(1) : `${prefix}/v1.41${of.path}`;
    return new Promise((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        servername: 'localhost',
        port: this.port,
        agent: false,
        ...client,
        method,
        path,
        headers: { 'content-type': 'application/json' },
      });
      sent.once('response', resolve);
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicKey, key: privateKey };
}
