import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the range from which systems take the ports of outgoing connections: a broker comes back
 * on its port after a restart, and nobody may have got it meanwhile.
 */
const lowestPort = 15_000;
const highestPort = 32_000;

/** @returns ports of the loopback interface that nobody listened on a moment ago, all different */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(lowestPort, highestPort);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false; // In use: another one is tried.
  }
  server.close();
  await once(server, 'close');
  return true;
}
