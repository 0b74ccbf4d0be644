import type { CommandRequest, CommandResult } from '@netfold/application';
import { MemoryLab, actorOf, createLab, requestOf } from '@netfold/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLabId, EngineDesk } from '../conformance/engine-desk.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

class WatchedLab extends MemoryLab {
  readonly requests: CommandRequest[] = [];

  override submit(request: CommandRequest): Promise<CommandResult> {
    this.requests.push(request);
    return super.submit(request);
  }
}

let lab: WatchedLab;
let desk: EngineDesk;

beforeEach(async () => {
  lab = new WatchedLab(deskLabId);
  desk = await EngineDesk.open(lab, actorOf(), requestOf(deskLabId, createLab('h1', 'h2')));
  lab.requests.length = 0;
});

afterEach(() => desk.close());

const tracesOf = (): readonly unknown[] =>
  lab.requests.map((request) => [request.body.type, request.traceparent ?? null]);

test('every command that a request causes carries its trace', async () => {
  const config = { Image: 'alpine', Cmd: ['echo', 'hello'] };
  await desk.ask('POST', '/containers/create?name=c1', config, { traceparent });
  // Its program ends at once, which is a command of its own.
  await desk.ask('POST', '/containers/c1/start', '', { traceparent });
  await desk.ask('POST', '/containers/c1/rename?new_name=c2');
  expect(tracesOf()).toEqual([
    ['CreateContainer', traceparent],
    ['StartContainer', traceparent],
    ['EndContainerProcess', traceparent],
    ['RenameContainer', null],
  ]);
});

test('a header that is no trace is ignored', async () => {
  const none = `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`;
  const reply = await desk.ask('POST', '/networks/create', { Name: 'web' }, { traceparent: none });
  expect(reply.status).toBe(201);
  expect(tracesOf()).toEqual([['CreateNetwork', null]]);
});
