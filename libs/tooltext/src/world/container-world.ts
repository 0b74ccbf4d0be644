import {
  containerKernelParameter,
  etcHosts,
  hostNamespace,
  namespaceView,
  PacketWalk,
  resolvConf,
} from '@netfold/dataplane';
import { hasProgram, identityOf, imageOf } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import type { ToolWorld } from '../tool.ts';
import { resolvePath } from '../shell/session.ts';
import { ContainerFiles } from './container-files.ts';
import { ContainerProcesses } from './container-processes.ts';
import { programPath } from '../files/program-place.ts';
import { parameterOf } from './edited-world.ts';
import { processText } from './process-files.ts';
import { environmentOf } from './environment.ts';
import { containerReaders } from './files.ts';
import { HostEdits } from './host-edits.ts';
import type { Place } from './place.ts';
import type { RunAs } from './run-as.ts';

/** The name the process sees: its own, or the one of the stack it shares. */
const hostnameOf = (place: Place, container: Container): { name: string; domain: string } => {
  const { host } = place;
  const [mode, target] = container.spec.networkMode.split(':');
  const owner = mode === 'container' ? host.containers.get(target ?? '') : container;
  const spec = (owner ?? container).spec;
  const isHostMode = mode === 'host' && spec.hostname === '';
  // Its engine's name for it stays in `docker inspect`.
  const isHostUts = spec.passThrough.hostConfig['UTSMode'] === 'host';
  return { name: isHostMode || isHostUts ? host.name : spec.hostname, domain: spec.domainname };
};

/** `null`: it is the image's own. */
const keptText = ({ files }: Container, path: string): string | null => {
  const file = files.get(path);
  return file?.kind === 'file' && file.encoding === 'utf8' ? file.content : null;
};

/** Whether its root may change its network stack: `--cap-add NET_ADMIN`, `--privileged`. */
const hasNetAdmin = ({ spec }: Container): boolean => {
  if (spec.privileged) return true;
  const added = spec.passThrough.hostConfig['CapAdd'];
  const names = Array.isArray(added) ? added.map((one) => String(one).toUpperCase()) : [];
  return names.some((name) => ['NET_ADMIN', 'CAP_NET_ADMIN', 'ALL'].includes(name));
};

/** `--cap-drop NET_RAW` or `ALL`, unless it was added by its name. */
const hasNoNetRaw = ({ spec }: Container): boolean => {
  if (spec.privileged) return false;
  const { CapAdd, CapDrop } = spec.passThrough.hostConfig;
  const names = (of: unknown): string[] =>
    Array.isArray(of) ? of.map((one) => String(one).toUpperCase().replace(/^CAP_/, '')) : [];
  const [added, dropped] = [names(CapAdd), names(CapDrop)];
  return (dropped.includes('NET_RAW') || dropped.includes('ALL')) && !added.includes('NET_RAW');
};

/** The inside of a running container. */
export const containerWorld = (place: Place, container: Container, runAs: RunAs): ToolWorld => {
  const { lab, labId, host, now } = place;
  const image = imageOf(lab, container.image);
  const namespace = container.sandboxId === 'host' ? hostNamespace : (container.sandboxId ?? '-');
  const view = namespaceView(lab, labId, host, namespace);
  const { name, domain } = hostnameOf(place, container);
  const texts = new Map<string, string>([
    ['/etc/hosts', etcHosts(lab, host, container)],
    ['/etc/resolv.conf', resolvConf(lab, host, container)],
    ['/etc/hostname', `${name}\n`],
  ]);
  const { privileged } = container.spec;
  const userland = image?.userland ?? 'busybox';
  const identity = identityOf(runAs.user || container.spec.user, {
    userland,
    readFile: (path) => keptText(container, path),
  });
  const { userId } = identity;
  const processes = view.processes.filter((row) => row.containerId === container.id);
  const files = new ContainerFiles({
    place,
    container,
    engineTexts: texts,
    userId,
    hasProgram: (path) => isBrought(path),
  });
  const readers = containerReaders(view, files, now);
  const hasName = (name: string): boolean =>
    image !== null && hasProgram(image, name, readers.readFile);
  const isBrought = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const usual = programPath({ userland, readFile: readers.readFile }, name);
    // In Debian `/bin` is a link to `/usr/bin`.
    return [usual, usual.replace(/^\/usr\//, '/')].includes(path) && hasName(name);
  };
  const workingDirectory = runAs.workingDir || container.spec.workingDir || '/';
  const edits =
    userId === 0 && hasNetAdmin(container) ? HostEdits.of(place, namespace, privileged) : null;
  return {
    userland,
    place: 'container',
    stack: view,
    packets: edits?.packets ?? new PacketWalk(lab, labId),
    edits,
    files,
    hostname: name,
    domainname: domain,
    user: identity.userName ?? String(userId),
    identity,
    processId: host.execs.get(runAs.id ?? '')?.processId ?? container.processId,
    workingDirectory,
    environment: environmentOf(place, container, runAs),
    processes,
    processEdits: new ContainerProcesses({ place, container, rows: processes, identity }),
    now,
    readFile: (path) => {
      const absolute = resolvePath(workingDirectory, path);
      const parameter = parameterOf(absolute);
      if (parameter === null) return processText(processes, absolute) ?? readers.readFile(absolute);
      const value = containerKernelParameter(host, { container, namespace }, parameter);
      return value === null ? null : `${value}\n`;
    },
    listDirectory: (path) => readers.listDirectory(resolvePath(workingDirectory, path)),
    findStack: () => null,
    lacksRawSockets: hasNoNetRaw(container),
    programs: image?.programs ?? {},
    hasTerminal: runAs.tty ?? container.spec.tty,
    isInstalled: (name) => hasName(name) && !files.hasLost(name),
  };
};
