import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { engineLimits } from '../engine/engine-profile.ts';

/** For the making of a server: the request line counts as well; the fields are counted again. */
export const boundedParsing = {
  maxHeaderSize: engineLimits.headerBytesMax + engineLimits.queryBytesMax,
  // How often timeouts are looked for: seldom enough to cost nothing, often enough to hold them.
  connectionsCheckingInterval: 1_000,
} as const;

/**
 * Bounds what clients may do to a server of the Engine API, and keeps its open connections:
 * hijacked ones are no longer the server's own to close.
 *
 * @param opened  by which event the server tells of a connection that requests come on
 */
export function boundServer(
  server: Server | TlsServer,
  sockets: Set<Socket>,
  opened: 'connection' | 'secureConnection',
): void {
  server.headersTimeout = engineLimits.headersTimeoutMs;
  server.requestTimeout = engineLimits.requestTimeoutMs;
  server.keepAliveTimeout = engineLimits.keepAliveMs;
  server.on(opened, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
}
