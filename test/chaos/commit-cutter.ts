import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { FlushWatch } from './flush-watch.ts';
import { FrontendMessages } from './frontend-messages.ts';

/**
 * A proxy in front of PostgreSQL that cuts connections at the moment of commit: half of the cuts
 * before the server gets the flush, half after it has carried it out but before the answer.
 * Either way its client cannot know whether the commit stands.
 */
export class CommitCutter {
  /** Share of flushes with commits whose connection is cut, from 0 to 1. */
  cutShare = 0;
  cutsBefore = 0;
  cutsAfter = 0;
  readonly #upstream: string;
  readonly #random: () => number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param upstream  path of PostgreSQL's unix socket */
  constructor(upstream: string, random: () => number) {
    this.#upstream = upstream;
    this.#random = random;
    this.#server = createServer((client) => this.#serve(client));
  }

  get cuts(): number {
    return this.cutsBefore + this.cutsAfter;
  }

  /** @param path  of the unix socket to listen on */
  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(path, resolve);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #serve(client: Socket): void {
    const server = createConnection(this.#upstream);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      // A cut or refused connection is the point of this program; both ends fall together.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    const messages = new FrontendMessages();
    const watch = new FlushWatch();
    let isAnswerCut = false;
    server.on('data', (chunk) => {
      // The answer means that the commit stands; now the client will never hear of it.
      if (isAnswerCut) client.destroy();
      else client.write(chunk);
    });
    client.on('data', (chunk) => {
      for (const message of messages.push(chunk)) {
        const cut = watch.commitsOf(message) > 0 ? this.#chooseCut() : 'none';
        if (cut === 'before') client.destroy();
        else server.write(message.bytes);
        if (cut === 'after') isAnswerCut = true;
      }
    });
  }

  #chooseCut(): 'none' | 'before' | 'after' {
    if (this.#random() >= this.cutShare) return 'none';
    if (this.#random() < 0.5) {
      this.cutsBefore += 1;
      return 'before';
    }
    this.cutsAfter += 1;
    return 'after';
  }
}
