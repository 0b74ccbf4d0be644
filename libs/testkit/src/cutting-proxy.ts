import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';

/** Where a connection is cut. */
export type Cut =
  /** The marked request never reaches the server. */
  | 'before'
  /** The server gets the marked request; its reply never reaches the client. */
  | 'after';

/**
 * Stands between a client and PostgreSQL and cuts connections at chosen requests:
 * the way to an unknown outcome that killing processes at random hardly ever finds.
 */
export class CuttingProxy {
  /** The folder to connect to; the port is the server's. */
  readonly host: string;
  /** Cuts for the next requests that hold the mark, one each. */
  readonly cuts: Cut[] = [];
  /** How many connections were cut. */
  cutsMade = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(host: string, server: Server) {
    this.host = host;
    this.#server = server;
  }

  /**
   * @param of.host folder of the server's socket, or the name of its machine
   * @param of.folder a folder for the proxy's own socket
   * @param of.mark bytes of the requests to cut at, e.g. the name of a prepared statement
   */
  static async start(of: {
    readonly host: string;
    readonly port: number;
    readonly folder: string;
    readonly mark: string;
  }): Promise<CuttingProxy> {
    const name = `.s.PGSQL.${of.port}`;
    const server = createServer();
    const proxy = new CuttingProxy(of.folder, server);
    server.on('connection', (client) => {
      const isSocket = of.host.startsWith('/');
      const to = isSocket ? { path: join(of.host, name) } : { host: of.host, port: of.port };
      proxy.#join(client, createConnection(to), of.mark);
    });
    await new Promise<void>((resolve) => {
      server.listen(join(of.folder, name), resolve);
    });
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #join(client: Socket, server: Socket, mark: string): void {
    let isDeaf = false;
    const destroy = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', destroy);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        // A server that still works on the request is left alone until it has answered.
        if (socket === server || !isDeaf) destroy();
      });
    }
    client.on('data', (bytes) => {
      const cut = bytes.includes(mark) ? this.cuts.shift() : undefined;
      if (cut !== undefined) this.cutsMade += 1;
      if (cut === 'before') return destroy();
      isDeaf = cut === 'after';
      server.write(bytes);
      if (isDeaf) client.destroy();
    });
    server.on('data', (bytes) => {
      if (isDeaf) destroy();
      else client.write(bytes);
    });
  }
}
