import type { ContainerSpec, PortBindingSpec, SingleCommand } from '@netfold/contracts';
import { z } from 'zod';
import { namedEndpoint } from './network-input.ts';
import { address, filters, list, listLimits, map, name, text, textLimits, words } from './text.ts';

const port = z.object({ containerPort: address, hostIp: address, hostPort: address });

const spec = z.object({
  host: name,
  name,
  image: name,
  command: words().nullish(),
  entrypoint: words().nullish(),
  environment: words(),
  labels: map,
  hostname: name,
  domainname: name,
  user: name,
  workingDir: text(textLimits.text),
  macAddress: address,
  tty: z.boolean(),
  openStdin: z.boolean(),
  stopSignal: name,
  stopTimeoutSeconds: z.number().int().nullish(),
  exposedPorts: list(address, listLimits.ports),
  publish: list(port, listLimits.ports),
  publishAllPorts: z.boolean(),
  networkMode: name,
  endpoints: list(namedEndpoint, listLimits.aliases),
  links: words(),
  dns: words(),
  dnsSearch: words(),
  dnsOptions: words(),
  extraHosts: words(),
  autoRemove: z.boolean(),
  restartPolicy: z.object({ name, maximumRetryCount: z.number().int() }).nullish(),
  privileged: z.boolean(),
});

/** As the client sends `docker create`: nothing is attached, what is published is exposed. */
export const containerCreate = spec.transform((wish): SingleCommand => {
  const { host, publish, endpoints, exposedPorts, ...rest } = wish;
  const portBindings = publish.map((binding): PortBindingSpec => ({
    ...binding,
    containerPort: withProtocol(binding.containerPort),
  }));
  const exposed = [...exposedPorts.map(withProtocol), ...portBindings.map((p) => p.containerPort)];
  const container: ContainerSpec = {
    ...rest,
    command: rest.command ?? null,
    entrypoint: rest.entrypoint ?? null,
    stopTimeoutSeconds: rest.stopTimeoutSeconds ?? null,
    restartPolicy: rest.restartPolicy ?? { name: '', maximumRetryCount: 0 },
    stdinOnce: false,
    attachStdin: false,
    attachStdout: false,
    attachStderr: false,
    exposedPorts: [...new Set(exposed)],
    portBindings,
    endpoints: Object.fromEntries(endpoints.map(({ network, ...one }) => [network, one])),
    passThrough: { config: {}, hostConfig: {} },
  };
  return { type: 'CreateContainer', host, spec: container };
});

const withProtocol = (value: string): string => (value.includes('/') ? value : `${value}/tcp`);

const onContainer = z.object({ host: name, container: name });
const withTimeout = onContainer.extend({ timeoutSeconds: z.number().int().nullish() });

export const containerStart = onContainer.transform((wish): SingleCommand => ({
  type: 'StartContainer',
  ...wish,
}));
export const containerPause = onContainer.transform((wish): SingleCommand => ({
  type: 'PauseContainer',
  ...wish,
}));
export const containerUnpause = onContainer.transform((wish): SingleCommand => ({
  type: 'UnpauseContainer',
  ...wish,
}));
export const containerStop = withTimeout.transform((wish): SingleCommand => ({
  type: 'StopContainer',
  ...wish,
  timeoutSeconds: wish.timeoutSeconds ?? null,
}));
export const containerRestart = withTimeout.transform((wish): SingleCommand => ({
  type: 'RestartContainer',
  ...wish,
  timeoutSeconds: wish.timeoutSeconds ?? null,
}));
export const containerKill = onContainer
  .extend({ signal: name })
  .transform((wish): SingleCommand => ({ type: 'KillContainer', ...wish }));
export const containerRename = onContainer
  .extend({ name })
  .transform((wish): SingleCommand => ({ type: 'RenameContainer', ...wish }));
export const containerRemove = onContainer
  .extend({ force: z.boolean(), link: z.boolean() })
  .transform((wish): SingleCommand => ({ type: 'RemoveContainer', ...wish }));
export const containerPrune = z
  .object({ host: name, filters })
  .transform((wish): SingleCommand => ({ type: 'PruneContainers', ...wish }));
