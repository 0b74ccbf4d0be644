import { parseIp, parsePortRange } from '@netfold/addressing';
import type { ContainerSpec, Refusal } from '@netfold/contracts';
import { specInvalid } from '../refusal/container.ts';
import { goQuoted } from '../refusal/go-quoted.ts';
import { optionsProblem } from './create-options.ts';
import { healthcheckProblem } from './health.ts';
import { hostNetworkWithLinks } from './links.ts';
import { capabilitiesRule, isolationRule, runtimeRule } from './process-rules.ts';
import { resourcesProblem } from './resources.ts';
import { parseSignal } from './signals.ts';

type Rule = (spec: ContainerSpec) => Refusal | null;

/**
 * What a container's specification is refused for before anything is looked up, in the engine's
 * order.
 *
 * @source moby/moby runconfig/hostconfig.go, daemon/container.go verifyContainerSettings,
 *   daemon/create.go verifyNetworkingConfig; transcript container-mode-rules
 */
export function specProblem(spec: ContainerSpec): Refusal | null {
  for (const rule of rules) {
    const problem = rule(spec);
    if (problem !== null) return problem;
  }
  return null;
}

/** `container:x` in the engine's sense: anything after the colon. */
export function isContainerMode(networkMode: string): boolean {
  return networkMode.startsWith('container:');
}

const rules: readonly Rule[] = [
  networkModeRule,
  containerModeRule,
  hostnameRule,
  isolationRule,
  configRule,
  removalRule,
  extraHostsRule,
  portBindingsRule,
  ({ restartPolicy }) => restartPolicyProblem(restartPolicy),
  capabilitiesRule,
  ({ passThrough }) => resourcesProblem(passThrough.hostConfig, 'create'),
  optionsProblem,
  runtimeRule,
  endpointsRule,
];

function networkModeRule({ networkMode }: ContainerSpec): Refusal | null {
  const [kind, name] = networkMode.split(':');
  if (kind !== 'container' || (name !== undefined && name !== '')) return null;
  return specInvalid(
    'NetworkModeInvalid',
    'Invalid network mode: invalid container format container:<name|id>',
  );
}

/** Whoever uses another's stack cannot say what it is like. */
function containerModeRule(spec: ContainerSpec): Refusal | null {
  const isShared = isContainerMode(spec.networkMode);
  const conflict = (code: string, what: string): Refusal =>
    specInvalid(code, `conflicting options: ${what}`);
  if (isShared && spec.hostname !== '') {
    return conflict('SharedNetworkHostname', 'hostname and the network mode');
  }
  if (isShared && spec.links.length > 0) {
    return conflict(
      'SharedNetworkLinks',
      "container type network can't be used with links. This would result in undefined behavior",
    );
  }
  if (isShared && spec.dns.length > 0) {
    return conflict('SharedNetworkDns', 'dns and the network mode');
  }
  if (isShared && spec.extraHosts.length > 0) {
    return conflict('SharedNetworkHosts', 'custom host-to-IP mapping and the network mode');
  }
  if ((isShared || spec.networkMode === 'host') && spec.macAddress !== '') {
    return conflict('SharedNetworkMac', 'mac-address and the network mode');
  }
  if (isShared && (spec.portBindings.length > 0 || spec.publishAllPorts)) {
    return conflict('SharedNetworkPublish', 'port publishing and the container type network mode');
  }
  if (isShared && spec.exposedPorts.length > 0) {
    return conflict('SharedNetworkExpose', 'port exposing and the container type network mode');
  }
  return null;
}

function hostnameRule(spec: ContainerSpec): Refusal | null {
  if (spec.passThrough.hostConfig['UTSMode'] === 'host' && spec.hostname !== '') {
    return specInvalid('UtsHostname', 'conflicting options: hostname and the UTS mode');
  }
  if (spec.networkMode === 'host' && spec.links.length > 0) {
    return specInvalid('HostNetworkWithLinks', hostNetworkWithLinks);
  }
  return null;
}

function configRule(spec: ContainerSpec): Refusal | null {
  const { workingDir, stopSignal } = spec;
  if (workingDir !== '' && !workingDir.startsWith('/')) {
    return specInvalid(
      'WorkingDirectoryRelative',
      `the working directory '${workingDir}' is invalid, it needs to be an absolute path`,
    );
  }
  if (stopSignal !== '' && parseSignal(stopSignal) === null) {
    return specInvalid('SignalInvalid', `Invalid signal: ${stopSignal}`);
  }
  const unnamed = spec.environment.find((variable) => /^(?:=|$)/.test(variable));
  if (unnamed === undefined) return healthcheckProblem(spec.passThrough.config['Healthcheck']);
  return specInvalid('EnvironmentInvalid', `invalid environment variable: ${unnamed}`);
}

function removalRule({ autoRemove, restartPolicy }: ContainerSpec): Refusal | null {
  const isNone = restartPolicy.name === '' || restartPolicy.name === 'no';
  if (!autoRemove || isNone) return null;
  return specInvalid(
    'AutoRemoveWithRestartPolicy',
    "can't create 'AutoRemove' container with restart policy",
  );
}

/** @source moby/moby opts/hosts.go ValidateExtraHost */
function extraHostsRule({ extraHosts }: ContainerSpec): Refusal | null {
  for (const text of extraHosts) {
    const colon = text.indexOf(':');
    if (colon <= 0) {
      return specInvalid('ExtraHostInvalid', `bad format for add-host: ${goQuoted(text)}`);
    }
    const address = text.slice(colon + 1);
    if (address !== 'host-gateway' && parseIp(address.trim()) === null) {
      return specInvalid(
        'ExtraHostAddressInvalid',
        `invalid IP address in add-host: ${goQuoted(address)}`,
      );
    }
  }
  return null;
}

/** @source moby/moby daemon/container.go validatePortBindings */
function portBindingsRule({ portBindings }: ContainerSpec): Refusal | null {
  const invalid = (text: string): Refusal =>
    specInvalid('PortSpecificationInvalid', `invalid port specification: ${goQuoted(text)}`);
  for (const binding of portBindings) {
    const [containerPort = ''] = binding.containerPort.split('/');
    const isNumber = /^[0-9]{1,5}$/.test(containerPort) && Number(containerPort) <= portMax;
    if (containerPort !== '' && !isNumber) return invalid(containerPort);
    const [hostPort = ''] = binding.hostPort.split('/');
    if (hostPort !== '' && parsePortRange(hostPort) === null) return invalid(binding.hostPort);
  }
  return null;
}

const portMax = 65_535;

/** @source moby/moby daemon/container.go validateRestartPolicy */
export function restartPolicyProblem({
  name,
  maximumRetryCount,
}: ContainerSpec['restartPolicy']): Refusal | null {
  if (name === '') return null;
  if (name === 'on-failure') {
    if (maximumRetryCount >= 0) return null;
    return specInvalid('RestartCountNegative', 'maximum retry count cannot be negative');
  }
  if (name !== 'always' && name !== 'unless-stopped' && name !== 'no') {
    return specInvalid('RestartPolicyInvalid', `invalid restart policy '${name}'`);
  }
  if (maximumRetryCount === 0) return null;
  return specInvalid(
    'RestartCountNotAllowed',
    `maximum retry count cannot be used with restart policy '${name}'`,
  );
}

/** @source moby/moby daemon/create.go verifyNetworkingConfig */
function endpointsRule({ endpoints }: ContainerSpec): Refusal | null {
  const names = Object.keys(endpoints);
  if (names.length > 1) {
    return specInvalid(
      'SeveralNetworks',
      `Container cannot be connected to network endpoints: ${names.join(', ')}`,
    );
  }
  for (const endpoint of Object.values(endpoints)) {
    const { ipv4Address, ipv6Address } = endpoint;
    if (ipv4Address !== '' && parseIp(ipv4Address)?.family !== 4) {
      return specInvalid('AddressInvalid', `invalid IPv4 address: ${ipv4Address}`);
    }
    if (ipv6Address !== '' && parseIp(ipv6Address)?.family !== 6) {
      return specInvalid('AddressInvalid', `invalid IPv6 address: ${ipv6Address}`);
    }
  }
  return null;
}
