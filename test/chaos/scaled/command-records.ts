import type { Work } from '../workload.ts';

/** A command as a pipeline publishes it to `netfold.commands`: a CloudEvent, its body a spec. */
export type CommandRecord = {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** @param token  the pipeline's own API token */
export function commandRecordOf(of: {
  readonly id: string;
  readonly lab: string;
  readonly work: Work;
  readonly token: string;
}): CommandRecord {
  const event = {
    specversion: '1.0',
    type: 'netfold.command.v0',
    source: '/pipelines/chaos',
    id: of.id,
    subject: of.lab,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { body: bodyOf(of.work) },
  };
  return {
    key: of.lab,
    value: JSON.stringify(event),
    headers: {
      'content-type': 'application/cloudevents+json',
      'netfold-credential': `token ${of.token}`,
    },
  };
}

/** The body of the command that the mutation of the same work stands for. */
function bodyOf({ mutation, input }: Work): Readonly<Record<string, unknown>> {
  const { host, name, network, container } = input;
  switch (mutation) {
    case 'networkCreate':
      return { type: 'CreateNetwork', host, network: { ...plainNetwork, name } };
    case 'networkRemove':
      return { type: 'RemoveNetwork', host, network };
    case 'networkConnect':
      return { type: 'ConnectContainer', host, network, container, endpoint: null };
    case 'networkDisconnect':
      return { type: 'DisconnectContainer', host, network, container, force: false };
    case 'containerCreate':
      return { type: 'CreateContainer', host, spec: { ...plainContainer, name } };
    case 'containerStart':
      return { type: 'StartContainer', host, container };
    case 'containerStop':
      return { type: 'StopContainer', host, container, timeoutSeconds: null };
    case 'containerRemove':
      return { type: 'RemoveContainer', host, container, force: true, link: false };
  }
}

const plainNetwork = {
  driver: 'bridge',
  checkDuplicate: true,
  internal: false,
  attachable: false,
  ingress: false,
  enableIPv6: false,
  scope: '',
  ipamDriver: 'default',
  ipamOptions: null,
  ipam: [],
  options: {},
  labels: {},
  configOnly: false,
  configFrom: '',
};

const plainContainer = {
  image: 'nginx',
  command: null,
  entrypoint: null,
  environment: [],
  labels: {},
  hostname: '',
  domainname: '',
  user: '',
  workingDir: '',
  macAddress: '',
  tty: false,
  openStdin: false,
  stdinOnce: false,
  attachStdin: false,
  attachStdout: false,
  attachStderr: false,
  stopSignal: '',
  stopTimeoutSeconds: null,
  exposedPorts: ['80/tcp'],
  portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '' }],
  publishAllPorts: false,
  networkMode: 'default',
  endpoints: {},
  links: [],
  dns: [],
  dnsSearch: [],
  dnsOptions: [],
  extraHosts: [],
  autoRemove: false,
  restartPolicy: { name: '', maximumRetryCount: 0 },
  privileged: false,
  passThrough: { config: {}, hostConfig: {} },
};
