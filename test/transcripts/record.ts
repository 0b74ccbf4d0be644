// Types every topology's steps on a real engine and writes what it answered. See README.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CommandAnswer } from './command.ts';
import { readEngine } from './engine-request.ts';
import { readHostState, type HostState } from './host-state.ts';
import { machinesFrom, openLab, type Lab, type Machines, type ReadyHost } from './lab-machine.ts';
import { printRecording } from './print-recording.ts';
import { changeBetween } from './recording.ts';
import type {
  Checkpoint,
  ListedContainers,
  StepAnswer,
  StoredRecording,
  Topology,
  TopologyStep,
} from './recording.ts';

/** Time for the kernel to finish what a step began: carrier, multicast joins, neighbours. */
const settleMilliseconds = 150;
const retryPauseMilliseconds = 250;
const stepSecondsMax = 60;

const folder = import.meta.dirname;

async function recordTopology(topology: Topology, machines: Machines): Promise<StoredRecording> {
  const lab = await openLab(machines, topology.hosts, topology.files ?? {});
  try {
    const saved = new Map<string, string>();
    const latest = new Map<string, HostState>();
    const answers: StepAnswer[] = [];
    const checkpoints = [await checkpoint(lab, -1, latest)];
    for (const [index, step] of topology.steps.entries()) {
      answers.push(await takeStep(lab, step, saved));
      if (step.pauseSeconds !== undefined) await pause(step.pauseSeconds * 1000);
      if (step.checkpoint === true) checkpoints.push(await checkpoint(lab, index, latest));
    }
    const listed = await listContainers(lab);
    return { engine: await describeEngine(lab), answers, checkpoints, listed };
  } finally {
    lab.close();
  }
}

async function takeStep(
  lab: Lab,
  step: TopologyStep,
  saved: Map<string, string>,
): Promise<StepAnswer> {
  const host = lab.hosts.get(step.host);
  if (host === undefined) throw new Error(`the topology has no host ${step.host}`);
  const typed = step.run ?? step.shell;
  if (typed === undefined) throw new Error('a step has `run` or `shell`');
  const line = typed.replace(/\$\{(\w+)\}/g, (whole, name: string) => saved.get(name) ?? whole);
  const until = Date.now() + (step.retrySeconds ?? 0) * 1000;
  let answer = await askOnce(host, step, line);
  while (Date.now() < until && !isEnough(step, answer)) {
    await pause(retryPauseMilliseconds);
    answer = await askOnce(host, step, line);
  }
  if (step.save !== undefined) saved.set(step.save, answer.stdout.trim());
  return answer;
}

async function askOnce(host: ReadyHost, step: TopologyStep, line: string): Promise<StepAnswer> {
  host.tap.take();
  if (step.run === undefined) return host.shell(line);
  const answer = await host.client(line, step.secondsMax ?? stepSecondsMax);
  const api = host.tap.take();
  return api.length === 0 ? answer : { ...answer, api };
}

function isEnough(step: TopologyStep, answer: CommandAnswer): boolean {
  if (step.until === undefined) return answer.exit === 0;
  return new RegExp(step.until, 's').test(answer.stdout);
}

async function checkpoint(
  lab: Lab,
  afterStep: number,
  latest: Map<string, HostState>,
): Promise<Checkpoint> {
  await pause(settleMilliseconds);
  const all = [...lab.hosts.values()];
  const states = await Promise.all(all.map(readHostState));
  const hosts: Checkpoint['hosts'] = {};
  for (const [index, state] of states.entries()) {
    const name = all[index]?.name ?? '';
    hosts[name] = changeBetween(latest.get(name) ?? {}, state);
    latest.set(name, state);
  }
  return { afterStep, hosts };
}

async function listContainers(lab: Lab): Promise<Record<string, ListedContainers>> {
  const listed: Record<string, ListedContainers> = {};
  for (const host of lab.hosts.values()) {
    const api = await readEngine<unknown>(host.endpoint, '/containers/json?all=1');
    const ps = await host.docker('docker ps -a --no-trunc --format json');
    const lines = ps.stdout.split('\n').filter(Boolean);
    listed[host.name] = { api, ps: lines.map((line) => JSON.parse(line) as unknown) };
  }
  return listed;
}

async function describeEngine(lab: Lab): Promise<Record<string, unknown>> {
  const host = lab.hosts.values().next().value;
  if (host === undefined) throw new Error('a topology has at least one host');
  const version = await readEngine<Record<string, unknown>>(host.endpoint, '/version');
  const iptables = await host.shell('iptables --version; ip -V');
  const client = await host.docker('docker --version');
  const { Version, ApiVersion, KernelVersion } = version;
  const tools = [...iptables.stdout.split('\n'), client.stdout.trim()].filter(Boolean);
  return { Version, ApiVersion, KernelVersion, tools, recordedAt: new Date().toISOString() };
}

function topologyNames(wanted: readonly string[]): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const all = entries
    .filter((entry) => entry.name === 'topology.json')
    .map((entry) => entry.parentPath.slice(folder.length + 1))
    .toSorted();
  return wanted.length === 0 ? all : all.filter((name) => wanted.some((w) => name.startsWith(w)));
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { docker: text, shell: text, fresh: text, client: text, 'old-client': text },
  });
  const machines = machinesFrom(values);
  for (const name of topologyNames(positionals)) {
    const source = readFileSync(`${folder}/${name}/topology.json`, 'utf8');
    const began = Date.now();
    const recording = await recordTopology(JSON.parse(source) as Topology, machines);
    const printed = printRecording(recording);
    writeFileSync(`${folder}/${name}/recording.json`, printed);
    const failed = recording.answers.filter((answer) => answer.exit !== 0).length;
    const counts = `${recording.answers.length} steps, ${failed} failed`;
    const kilobytes = Math.round(printed.length / 1024);
    console.log(
      `${name}: ${counts}, ${kilobytes} kB, ${Math.round((Date.now() - began) / 1000)} s`,
    );
  }
}

await main();
