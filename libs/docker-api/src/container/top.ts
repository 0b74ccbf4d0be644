import { hostNamespace, namespaceView } from '@netfold/dataplane';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { sendJson } from '../http/reply.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `GET /containers/{id}/top`: the container's processes as `ps -ef` of the host lists them. */
export const top = async (call: Call): Promise<void> => {
  const { lab, host } = await call.see();
  const container = getContainer({ lab, host, version: 0 }, call.parameter('id'));
  if (container.status !== 'running' && container.status !== 'paused') {
    throw new EngineError('conflict', `Container ${container.id} is not running`);
  }
  const view = namespaceView(lab, call.context.labId, host, hostNamespace);
  const rows = view.processes.filter((row) => row.containerId === container.id);
  sendJson(call.response, 200, {
    Processes: rows.map((row) => {
      const started = new Date(row.startedAt);
      const clock = `${two(started.getUTCHours())}:${two(started.getUTCMinutes())}`;
      const numbers = [String(row.processId), String(row.parentProcessId)];
      return [row.user, ...numbers, '0', clock, '?', '00:00:00', row.command.join(' ')];
    }),
    Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
  });
};
