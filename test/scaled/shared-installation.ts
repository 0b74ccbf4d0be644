import { TestServer } from '../e2e/server.ts';

let server: TestServer | null = null;

/** One installation for all spec files of the lane: a start costs more than most of them. */
export async function setup(): Promise<void> {
  server = await TestServer.startOwn();
  server.share();
}

export async function teardown(): Promise<void> {
  // Nothing to stop when it did not start.
  await server?.stop();
}
