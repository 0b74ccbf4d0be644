import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { EngineError } from '../http/engine-error.ts';
import { doorLimits } from './door-limits.ts';

/** Connections of the door: how many there are, and whose. */
export class DoorConnections {
  readonly #ofActors = new Map<string, Set<Socket>>();

  /** Closes connections unheard that are too many, or that take too long to say who they are. */
  bound(server: Server): void {
    let open = 0;
    let secured = 0;
    server.maxConnections = doorLimits.connectionsMax;
    server.on('connection', (socket: Socket) => {
      open += 1;
      socket.once('close', () => (open -= 1));
      if (open - secured > doorLimits.handshakesMax) socket.destroy();
    });
    server.on('secureConnection', (socket) => {
      secured += 1;
      // A client that has sent all its input still reads the answer; one that says nothing more
      // before it has said who it is, does not.
      socket.allowHalfOpen = true;
      socket.once('close', () => (secured -= 1));
    });
    // Nothing can be told to who has not agreed on a cipher.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** @throws EngineError when the actor has too many */
  count(actor: string, socket: Socket): void {
    const own = this.#ofActors.get(actor) ?? new Set();
    if (own.has(socket)) return;
    const { connectionsPerActorMax } = doorLimits;
    if (own.size >= connectionsPerActorMax) {
      throw new EngineError(
        'unavailable',
        `netfold: you have ${connectionsPerActorMax} connections open, and may have no more`,
      );
    }
    this.#ofActors.set(actor, own.add(socket));
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0 && this.#ofActors.get(actor) === own) this.#ofActors.delete(actor);
    });
  }
}
