import { hostNamespace, namespaceView } from '@netfold/dataplane';
import type { Container } from '@netfold/domain';
import { getContainer } from '../engine/call.ts';
import type { Call, Seen } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { goTime, zeroTime } from '../http/go-time.ts';
import { sendJsonText } from '../http/reply.ts';
import { boolValue } from '../http/request.ts';
import { goneSignal } from '../stream/commits.ts';
import { openEndlessStream, writePiece } from '../stream/open-streams.ts';
import { pauseFor } from '../stream/pace.ts';

const processorCount = 2;
const hostMemoryBytes = 4 * 1024 ** 3;
/** What a process takes, measured of a sleeping one on a real engine. */
const processMemoryBytes = 417_792;
const processResidentBytes = 118_784;
/** Processor time that a container takes, nanoseconds for each millisecond it has run. */
const busyNanosPerMs = 1_000;
const intervalMs = 1_000;
/** The kernel's word for no limit: above what a number of JSON.stringify can hold. */
const unlimited = '9223372036854771712';

const blockLists = [
  'io_service_bytes_recursive',
  'io_serviced_recursive',
  'io_queue_recursive',
  'io_service_time_recursive',
  'io_wait_time_recursive',
  'io_merged_recursive',
  'io_time_recursive',
  'sectors_recursive',
] as const;

const blockJson = (value: readonly [] | null): unknown =>
  Object.fromEntries(blockLists.map((name) => [name, value]));

const noThrottling = { periods: 0, throttled_periods: 0, throttled_time: 0 };

const noProcessor = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: noThrottling,
};

/** Counted from state alone: a container takes the same share of a processor all the time. */
const processorJson = (seen: Seen, container: Container, at: number): unknown => {
  const ranMs = Math.max(0, at - (container.startedAt ?? at));
  const total = ranMs * busyNanosPerMs;
  const upMs = Math.max(0, at - seen.host.bootedAt);
  return {
    cpu_usage: {
      total_usage: total,
      percpu_usage: [Math.ceil(total / 2), Math.floor(total / 2)],
      usage_in_kernelmode: 0,
      usage_in_usermode: total,
    },
    system_cpu_usage: upMs * processorCount * 1_000_000,
    online_cpus: processorCount,
    throttling_data: noThrottling,
  };
};

const memoryNames = ['active_anon', 'active_file', 'cache', 'dirty'] as const;

const memoryJson = (container: Container, processes: number): unknown => {
  const limit = container.spec.passThrough.hostConfig['Memory'];
  const rss = processes * processResidentBytes;
  return {
    usage: processes * processMemoryBytes,
    max_usage: processes * processMemoryBytes,
    stats: {
      ...Object.fromEntries(memoryNames.map((name) => [name, 0])),
      hierarchical_memory_limit: unlimited,
      hierarchical_memsw_limit: unlimited,
      inactive_anon: rss,
      inactive_file: 0,
      rss,
      total_inactive_file: 0,
      total_rss: rss,
    },
    limit: typeof limit === 'number' && limit > 0 ? limit : hostMemoryBytes,
  };
};

/** No packet of a container is counted: every interface stands at nought. */
const networksJson = (seen: Seen, container: Container): unknown => {
  const sandbox = seen.host.sandboxes.get(container.sandboxId ?? '');
  const names = (sandbox?.endpointIds ?? []).flatMap(
    (id) => seen.host.endpoints.get(id)?.joined?.interfaceName ?? [],
  );
  const counters = {
    rx_bytes: 0,
    rx_packets: 0,
    rx_errors: 0,
    rx_dropped: 0,
    tx_bytes: 0,
    tx_packets: 0,
    tx_errors: 0,
    tx_dropped: 0,
  };
  const shown = names.filter((name) => name !== '').toSorted();
  return shown.length === 0
    ? {}
    : { networks: Object.fromEntries(shown.map((name) => [name, counters])) };
};

/** @source moby/moby v20.10 api/types/stats.go (StatsJSON); recorded engine */
const statsText = (
  call: Call,
  seen: Seen,
  of: { readonly container: Container; readonly now: number; readonly hasPrevious: boolean },
): string => {
  const { container, now, hasPrevious } = of;
  const named = { name: `/${container.name}`, id: container.id };
  const isUp = container.status === 'running' || container.status === 'paused';
  if (!isUp) return JSON.stringify({ ...idle, ...named });
  const view = namespaceView(seen.lab, call.context.labId, seen.host, hostNamespace);
  const processes = view.processes.filter((row) => row.containerId === container.id).length;
  const before = now - intervalMs;
  const text = JSON.stringify({
    read: goTime(now),
    preread: hasPrevious ? goTime(before) : zeroTime,
    pids_stats: { current: processes },
    blkio_stats: blockJson([]),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: processorJson(seen, container, now),
    precpu_stats: hasPrevious ? processorJson(seen, container, before) : noProcessor,
    memory_stats: memoryJson(container, processes),
    ...named,
    ...(networksJson(seen, container) as object),
  });
  return text.replaceAll(`"${unlimited}"`, unlimited);
};

const idle = {
  read: zeroTime,
  preread: zeroTime,
  pids_stats: {},
  blkio_stats: blockJson(null),
  num_procs: 0,
  storage_stats: {},
  cpu_stats: noProcessor,
  precpu_stats: noProcessor,
  memory_stats: {},
};

/**
 * `GET /containers/{id}/stats`: one reading, or one each second until the container or its client
 * is gone.
 *
 * @source moby/moby v20.10 daemon/stats.go (ContainerStats)
 */
export const stats = async (call: Call): Promise<void> => {
  const isStream = call.query.has('stream') ? boolValue(call.query, 'stream') : true;
  const isOneShot = boolValue(call.query, 'one-shot');
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  const now = call.context.clock();
  if (!isStream) {
    const text = statsText(call, seen, { container, now, hasPrevious: !isOneShot });
    sendJsonText(call.response, 200, `${text}\n`);
    return;
  }
  if (isOneShot) {
    throw new EngineError('invalidParameter', 'cannot have stream=true and one-shot=true');
  }
  await stream(call, container.id);
};

const stream = async (call: Call, id: string): Promise<void> => {
  const gone = goneSignal(call.response);
  // A sample has no place for words: the client sees the end alone.
  openEndlessStream(call, 'application/json', () => '');
  for (let count = 0; !gone.aborted; count += 1) {
    const seen = await call.see();
    const container = seen.host.containers.get(id);
    if (container === undefined) break;
    const now = call.context.clock();
    const text = statsText(call, seen, { container, now, hasPrevious: count > 0 });
    writePiece(call.response, `${text}\n`);
    await pauseFor(intervalMs, gone);
  }
  call.response.end();
};
