import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandRefused, HttpClient } from '../harness/http-client.ts';
import { applyQuery, runInput } from './host-query.ts';
import { openLabByHttp } from './http-labs.ts';
import type { Connection } from './netfold.ts';
import { startNetfold } from './server.ts';
import type { RunningNetfold } from './server.ts';

/** Between two attempts at one command. */
const pauseMs = 100;

/** The built service, which is killed now and then, and clients that repeat until answered. */
export class KilledServer {
  readonly #connection: Connection;
  #server: RunningNetfold;
  #client: HttpClient;

  private constructor(connection: Connection, server: RunningNetfold) {
    this.#connection = connection;
    this.#server = server;
    this.#client = new HttpClient(server, 64);
  }

  static async start(connection: Connection): Promise<KilledServer> {
    return new KilledServer(connection, await startNetfold(connection, undefined, 'error'));
  }

  /** SIGKILL, and the next start on the same data. */
  async kill(): Promise<void> {
    await this.#server.kill();
    this.#client.close();
    this.#server = await startNetfold(this.#connection, this.#server.data, 'error');
    this.#client = new HttpClient(this.#server, 64);
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }

  /** Each sends the bench's command to a lab of its own. @param acknowledged gets their ids */
  async clients(count: number, acknowledged: string[], isOver: () => boolean): Promise<void> {
    const labs: string[] = [];
    for (let lab = 0; lab < count; lab += 1) labs.push(await openLabByHttp(this.#client));
    await Promise.all(
      labs.map(async (lab) => {
        for (let number = 0; !isOver(); number += 1) {
          const commandId = randomUUID();
          const { input } = runInput(lab, number);
          await this.#untilAnswered({ input: { ...input, commandId } });
          acknowledged.push(commandId);
        }
      }),
    );
  }

  async #untilAnswered(variables: unknown): Promise<void> {
    for (;;) {
      try {
        await this.#client.graphql(applyQuery, variables);
        return;
      } catch (error) {
        // A command of the bench is never refused; whatever else ends it, it is repeated.
        if (error instanceof CommandRefused) throw error;
        await wait(pauseMs);
      }
    }
  }
}
