import type { Container } from '@netfold/domain';
import type { Place } from './place.ts';
import type { RunAs } from './run-as.ts';

type Variable = readonly [name: string, value: string];

const split = (text: string): Variable => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** A port such as `3306/tcp`, in the order the engine writes the variables: by number. */
const portsOf = (target: Container): { port: string; protocol: string }[] =>
  target.spec.exposedPorts
    .map((text) => {
      const [port = '', protocol = 'tcp'] = text.split('/');
      return { port, protocol };
    })
    .toSorted((a, b) => Number(a.port) - Number(b.port));

/**
 * What a link of the default bridge puts into the environment.
 * @source moby/moby v20.10 daemon/links/links.go (ToEnv)
 */
const linkVariables = (place: Place, container: Container): Variable[] =>
  container.links.flatMap((link) => {
    const target = place.host.containers.get(link.containerId);
    if (target === undefined) return [];
    const prefix = link.alias.toUpperCase().replaceAll('-', '_');
    const ports = portsOf(target);
    const address = link.ipv4;
    const first = ports[0];
    const head: Variable[] =
      first === undefined
        ? []
        : [[`${prefix}_PORT`, `${first.protocol}://${address}:${first.port}`]];
    const each = ports.flatMap(({ port, protocol }): Variable[] => {
      const name = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
      return [
        [name, `${protocol}://${address}:${port}`],
        [`${name}_ADDR`, address],
        [`${name}_PORT`, port],
        [`${name}_PROTO`, protocol],
      ];
    });
    const own = target.spec.environment
      .map(split)
      .filter(([name]) => name !== 'HOME' && name !== 'PATH')
      .map(([name, value]): Variable => [`${prefix}_ENV_${name}`, value]);
    return [...head, ...each, [`${prefix}_NAME`, `/${container.name}/${link.alias}`], ...own];
  });

/** A variable without a value is none. @source moby/moby v20.10 container/env.go */
const given = (environment: readonly string[]): Variable[] =>
  environment.filter((text) => text.includes('=')).map(split);

/** Later settings replace earlier ones in place; new ones come behind. */
const merged = (base: readonly Variable[], over: readonly Variable[]): Variable[] => {
  const result = [...base];
  for (const [name, value] of over) {
    const at = result.findIndex(([known]) => known === name);
    if (at < 0) result.push([name, value]);
    else result[at] = [name, value];
  }
  return result;
};

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The environment of a process in a container, in the engine's order; `HOME` is the runtime's.
 * @source moby/moby v20.10 container/container_unix.go (CreateDaemonEnvironment)
 */
export const environmentOf = (
  place: Place,
  container: Container,
  runAs: RunAs,
): readonly Variable[] => {
  const { spec } = container;
  const hasTerminal = runAs.tty ?? spec.tty;
  const hostname = spec.hostname === '' ? place.host.name : spec.hostname;
  const base: Variable[] = [
    ['PATH', defaultPath],
    ['HOSTNAME', hostname],
    ...(hasTerminal ? [['TERM', 'xterm'] as const] : []),
    ...linkVariables(place, container),
  ];
  const own = merged(merged(base, given(spec.environment)), given(runAs.environment));
  return merged(own, own.some(([name]) => name === 'HOME') ? [] : [['HOME', '/root']]);
};
