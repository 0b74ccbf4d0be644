import type { CommandBody, ContainerSpec, HostName } from '@netfold/contracts';
import {
  batch,
  containerSpec,
  createLab,
  createNetwork,
  removeContainer,
  startContainer,
  stopContainer,
} from '@netfold/testkit';

/** Commands that a caller sends to one lab before it opens the next. */
export const runsPerLab = 10;
/** The user network that the containers of a lab stand on. */
export const networkName = 'web';

const firstPort = 10_000;

/** Two commands open a lab: the lab with its hosts, and a user network on each. */
export const openLab = (...hosts: readonly HostName[]): CommandBody => createLab(...hosts);

/** A /16, so that a lab can grow to thousands of containers on one host. */
export const openNetwork = (host: HostName = 'h1'): CommandBody =>
  createNetwork(networkName, { host, subnet: '10.20.0.0/16' });

/**
 * The command of the bench: create and start a container on a user network with one published
 * port, `docker run -d --network web -p PORT:80 nginx`, as one batch, so one commit.
 *
 * @param number chooses name and host port; unique on the host among containers that live
 */
export const runContainer = (number: number, host: HostName = 'h1'): CommandBody =>
  batch(
    { type: 'CreateContainer', host, spec: webServer(number) },
    startContainer(`web${number}`, host),
  );

export const removeRun = (number: number, host: HostName = 'h1'): CommandBody =>
  batch(stopContainer(`web${number}`, host), removeContainer(`web${number}`, host));

const webServer = (number: number): ContainerSpec =>
  containerSpec(`web${number}`, {
    image: 'nginx',
    networkMode: networkName,
    portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: String(firstPort + number) }],
  });
