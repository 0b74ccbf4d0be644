import { hostNamespace, namespaceView } from '@netfold/dataplane';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { sendJson } from '../http/reply.ts';
import { psColumns } from './ps-columns.ts';

/**
 * `GET /containers/{id}/top`: the container's processes as `ps` of the host lists them.
 * @source moby/moby v20.10 daemon/top_unix.go ContainerTop; recorded engine
 */
export const top = async (call: Call): Promise<void> => {
  const { lab, host } = await call.see();
  const container = getContainer({ lab, host, version: 0 }, call.parameter('id'));
  if (container.status !== 'running' && container.status !== 'paused') {
    throw new EngineError('conflict', `Container ${container.id} is not running`);
  }
  const columns = psColumns(call.query.get('ps_args') || '-ef');
  if (typeof columns === 'string') throw new EngineError('internal', `ps: ${columns}`);
  if (!columns.some(({ title }) => title === 'PID')) {
    throw new EngineError('internal', "Couldn't find PID field in ps output");
  }
  const view = namespaceView(lab, call.context.labId, host, hostNamespace);
  const rows = view.processes.filter((row) => row.containerId === container.id);
  sendJson(call.response, 200, {
    Processes: rows.map((row) => columns.map(({ of }) => of(row))),
    Titles: columns.map(({ title }) => title),
  });
};
