import { ProcessGate, systemTimers } from '@netfold/application';
import type { Actor, CommandGate, CommandRequest, LabStates } from '@netfold/application';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineApi } from '../engine-api.ts';
import { openHostSockets } from '../host-sockets.ts';
import type { HostEndpoint } from '../host-sockets.ts';
import { askSocket, framesOf, hijackedStream } from '../socket-client.ts';
import type { Reply } from '../socket-client.ts';

/** The lab that a desk is for. */
export const deskLabId = 'lab-00000001';

/** A lab without a store, and who is at it. */
type DeskLab = CommandGate & LabStates & { readonly version: number; close(): void };

/** The engine of one lab host on a unix socket of its own, and a client at it. */
export class EngineDesk {
  readonly lab: DeskLab;
  readonly #endpoint: HostEndpoint;
  readonly #directory: string;

  private constructor(lab: DeskLab, endpoint: HostEndpoint, directory: string) {
    this.lab = lab;
    this.#endpoint = endpoint;
    this.#directory = directory;
  }

  /**
   * @param lab  with the id of desks, and empty
   * @param creation  of that lab with its host `h1`
   */
  static async open(lab: DeskLab, actor: Actor, creation: CommandRequest): Promise<EngineDesk> {
    const labId = deskLabId;
    const gate = new ProcessGate({ gate: lab, states: lab, timers: systemTimers });
    await gate.submit(creation);
    const directory = await mkdtemp(join(tmpdir(), 'nf-'));
    const listener = createEngineApi({
      host: 'h1',
      labId,
      tenant: 'local',
      actor,
      gate,
      demand: () => Promise.resolve(),
      states: lab,
      clock: () => Date.now(),
    });
    const endpoint = await openHostSockets({ listener, directory, host: 'h1', port: 0 });
    return new EngineDesk(lab, endpoint, directory);
  }

  get socketPath(): string {
    return this.#endpoint.socketPath;
  }

  ask(
    method: string,
    path: string,
    body?: string | object | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    return askSocket(this.socketPath, { method, path: `/v1.41${path}`, body, headers });
  }

  /** The JSON of an answer that must have this status. */
  async json(status: number, method: string, path: string, body?: object): Promise<unknown> {
    const reply = await this.ask(method, path, body);
    if (reply.status !== status) {
      throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`);
    }
    return reply.text === '' ? null : JSON.parse(reply.text);
  }

  /** Status and message of a refusal. */
  async refused(
    method: string,
    path: string,
    body?: string | object | Buffer,
  ): Promise<readonly [number, unknown]> {
    const reply = await this.ask(method, path, body);
    return [reply.status, (JSON.parse(reply.text) as { message?: unknown }).message];
  }

  /** `docker run -d`: answers the container's id. */
  async run(name: string, config: object = {}): Promise<string> {
    const body = { Image: 'alpine', Cmd: ['sleep', '1d'], ...config };
    const { Id } = (await this.json(201, 'POST', `/containers/create?name=${name}`, body)) as {
      readonly Id: string;
    };
    await this.json(204, 'POST', `/containers/${name}/start`);
    return Id;
  }

  /** What a command prints inside a container. */
  async exec(container: string, command: readonly string[]): Promise<string> {
    const options = { AttachStdout: true, AttachStderr: true, Cmd: command };
    const path = `/containers/${container}/exec`;
    const { Id } = (await this.json(201, 'POST', path, options)) as { readonly Id: string };
    const { stdout, stderr } = framesOf(await this.hijacked(`/exec/${Id}/start`));
    return stdout + stderr;
  }

  hijacked(path: string): Promise<Buffer> {
    return hijackedStream(this.socketPath, {
      path: `/v1.41${path}`,
      body: { Detach: false, Tty: false },
      input: '',
      staysOpen: false,
    });
  }

  async close(): Promise<void> {
    this.lab.close();
    await this.#endpoint.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
