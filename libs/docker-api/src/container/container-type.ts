import { goBool, goInt, goList, goMap, goString, goStruct, goWords } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';
import { endpointSettingsType } from '../network/network-type.ts';

const texts = goMap(goString);
const words = goList(goString);
const portSet = goMap(goStruct('struct {}', {}), 'nat.PortSet');

const hostConfig = goStruct('container.HostConfig', {
  NetworkMode: { ...goString, name: 'container.NetworkMode' },
  PortBindings: goMap(
    goList(goStruct('nat.PortBinding', { HostIp: goString, HostPort: goString })),
    'nat.PortMap',
  ),
  RestartPolicy: goStruct('container.RestartPolicy', {
    Name: goString,
    MaximumRetryCount: goInt,
  }),
  AutoRemove: goBool,
  Dns: words,
  DnsOptions: words,
  DnsSearch: words,
  ExtraHosts: words,
  Links: words,
  Privileged: goBool,
  PublishAllPorts: goBool,
});

/** @source moby/moby v20.10 runconfig/config_unix.go, api/types/container/config.go */
export const createForm: BodyForm = {
  faults: 'internal',
  type: goStruct('runconfig.ContainerConfigWrapper', {
    Hostname: goString,
    Domainname: goString,
    User: goString,
    AttachStdin: goBool,
    AttachStdout: goBool,
    AttachStderr: goBool,
    ExposedPorts: portSet,
    Tty: goBool,
    OpenStdin: goBool,
    StdinOnce: goBool,
    Env: words,
    Cmd: goWords,
    Image: goString,
    WorkingDir: goString,
    Entrypoint: goWords,
    MacAddress: goString,
    Labels: texts,
    StopSignal: goString,
    StopTimeout: goInt,
    HostConfig: hostConfig,
    NetworkingConfig: goStruct('network.NetworkingConfig', {
      EndpointsConfig: goMap(endpointSettingsType, 'map[string]*network.EndpointSettings'),
    }),
  }),
};
