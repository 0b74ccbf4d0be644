import { imageOf, processOf, runningCommand } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import { initProcessId } from '../host/engine-processes.ts';
import type { ContainerRow, ProcessRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { listenerSockets } from './listeners.ts';

/** One container: its row; while it runs, its main process and what that listens on. */
export function containerContribution(place: HostPlace, container: Container): TableRow[] {
  const own: TableRow = { table: 'container', row: containerRow(place, container) };
  if (container.processId === 0) return [own];
  const { processId, image, spec } = container;
  const { argv: words, listeners } = processOf(imageOf(place.lab, image), spec);
  const argv = runningCommand(words, spec.environment);
  return [
    own,
    { table: 'process', row: mainProcess(place, container, argv) },
    ...listenerSockets(place, { container, processId, argv, listeners }),
  ];
}

/** The words of its main process: the image's entrypoint and command unless others were given. */
export function commandOf({ spec }: Container): readonly string[] {
  return [...(spec.entrypoint ?? []), ...(spec.command ?? [])];
}

function containerRow(place: HostPlace, container: Container): ContainerRow {
  const { spec } = container;
  return {
    ...onHost(place),
    containerId: container.id,
    name: container.name,
    image: spec.image,
    command: commandOf(container),
    status: container.status,
    health: container.health?.status ?? null,
    exitCode: container.exitCode,
    error: container.error,
    networkMode: spec.networkMode,
    sandboxId: container.sandboxId,
    hostname: spec.hostname,
    labels: spec.labels,
    createdAt: container.createdAt,
    startedAt: container.startedAt,
    finishedAt: container.finishedAt,
    ordinal: container.ordinal,
  };
}

function mainProcess(
  place: HostPlace,
  container: Container,
  command: readonly string[],
): ProcessRow {
  return {
    ...onHost(place),
    processId: container.processId,
    parentProcessId: initProcessId,
    containerId: container.id,
    command,
    user: container.spec.user === '' ? 'root' : container.spec.user,
    startedAt: container.startedAt ?? container.createdAt,
  };
}
