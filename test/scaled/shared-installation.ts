import { TestServer } from '../e2e/server.ts';

let server: TestServer;

/** One installation for all spec files of the lane: a start costs more than most of them. */
export async function setup(): Promise<void> {
  server = await TestServer.startOwn();
  server.share();
}

export async function teardown(): Promise<void> {
  await server.stop();
}
