import type { FileEntry } from './file-event.ts';
import type { ContainerId, HostName, LabTime } from './ids.ts';

/** What differs between engine generations is data; `20.10` is the first profile. */
export type EngineProfileName = '20.10';

/** An underlay LAN of the lab, with the outside world's machine at its gateway address. */
export type LanSpec = {
  readonly name: string;
  /** IPv4 CIDR, e.g. `192.168.50.0/24`. */
  readonly subnet: string;
  /** Address of the outside machine, e.g. `192.168.50.1`. */
  readonly gateway: string;
};

/** A NIC of a simulated host on a LAN. */
export type NicSpec = {
  /** e.g. `eth0` */
  readonly name: string;
  readonly lan: string;
  /** Address with prefix, e.g. `192.168.50.11/24`. */
  readonly address: string;
  readonly mac: string;
  readonly mtuBytes: number;
};

export type HostSpec = {
  readonly name: HostName;
  readonly engineProfile: EngineProfileName;
  readonly nics: readonly NicSpec[];
};

/** A port that a process of an image serves, and how it answers. */
export type ListenerSpec = {
  /** e.g. `80/tcp` */
  readonly port: string;
  /** Address it binds; `0.0.0.0` unless said. */
  readonly address?: string;
  /** Path to body, for an HTTP server. `{hostname}` stands for the container's hostname. */
  readonly http?: Readonly<Record<string, string>>;
  /** Document root of the HTTP server: what stands below it in the container is served, too. */
  readonly root?: string;
  readonly banner?: string;
  readonly then?: string;
  readonly reply?: string;
};

/** `HEALTHCHECK`. A time that is absent or 0 is the engine's default. */
export type HealthcheckSpec = {
  /** `['CMD', 'curl', '-f', 'localhost']`, `['CMD-SHELL', 'curl -f localhost']` or `['NONE']`. */
  readonly test: readonly string[];
  readonly intervalNanos?: number;
  readonly timeoutNanos?: number;
  readonly startPeriodNanos?: number;
  /** Failures in a row that make it unhealthy; absent or 0: 3. */
  readonly retries?: number;
};

/** One row of an image catalogue: everything a simulated engine needs to know of an image. */
export type ImageSpec = {
  readonly cmd: readonly string[];
  readonly entrypoint?: readonly string[];
  /** Absent in a given catalogue: `PATH=/bin`. */
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  /** Absent in a given catalogue, and no `stopExitCode`: `SIGKILL`. */
  readonly stopSignal?: string;
  /** What its own command ends with on a stop signal; absent: it ignores it and is killed, 137. */
  readonly stopExitCode?: number;
  readonly healthcheck?: HealthcheckSpec;
  /** Paths at which a container gets a volume of its own: `VOLUME`. */
  readonly volumes?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Like `80/tcp`. */
  readonly expose: readonly string[];
  readonly listens: readonly ListenerSpec[];
  /** Which userland prints inside: decides the form of tool output. */
  readonly userland?: 'busybox' | 'debian';
  /** Command line prefix to what it does, in words for people. */
  readonly programs?: Readonly<Record<string, string>>;
  /** What its build put into it; absent: nothing beside its userland. */
  readonly files?: readonly FileEntry[];
  /** `MAINTAINER`, or `docker commit -a`. */
  readonly author?: string;
  /** What it was built on: the reference or id of that image. */
  readonly base?: string;
  /** How it was built on its base, the first step first; absent: it is the registry's. */
  readonly steps?: readonly BuildStep[];
};

/** One line of a Dockerfile that was carried out. */
export type BuildStep = {
  /** Id of the image that it led to, `sha256:…`; of the last one empty: the image itself. */
  readonly image: string;
  /** As `docker history` shows it: `/bin/sh -c apt-get update`. */
  readonly createdBy: string;
  /** `docker commit -m`. */
  readonly comment?: string;
  /** The container that was committed. */
  readonly container?: ContainerId;
  /** When it was committed: each commit is an image of its own. */
  readonly at?: LabTime;
  /** What its program wrote, where it wrote something; and the image as it would be without. */
  readonly wrote?: { readonly files: readonly FileEntry[]; readonly without: string };
};

/** Image reference as a user types it (`nginx`, `ubuntu:14.04`) to its row. */
export type ImageCatalogue = Readonly<Record<string, ImageSpec>>;
