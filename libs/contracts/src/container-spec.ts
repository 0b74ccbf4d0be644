/** What `docker network create` asks for (the body of `POST /networks/create`, in our words). */
export type NetworkSpec = {
  readonly name: string;
  /** `bridge`, `overlay`, `macvlan`, `host`, `null` or an unknown word; empty means the default. */
  readonly driver: string;
  readonly checkDuplicate: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly enableIPv6: boolean;
  /** `local` or `swarm` when asked for, else empty. */
  readonly scope: string;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  readonly ipam: readonly IpamPoolSpec[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly configOnly: boolean;
  /** Name of a config-only network, or empty. */
  readonly configFrom: string;
};

/** One `--subnet` with what belongs to it. Empty strings mean not given. */
export type IpamPoolSpec = {
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
  readonly auxAddresses: Readonly<Record<string, string>>;
};

/** How one endpoint is wanted: `--ip`, `--ip6`, `--network-alias`, `--link`, `--mac-address`. */
export type EndpointSpec = {
  readonly ipv4Address: string;
  readonly ipv6Address: string;
  readonly linkLocalIPs: readonly string[];
  readonly aliases: readonly string[];
  /** `name:alias` as the client sent them. */
  readonly links: readonly string[];
  readonly macAddress: string;
  readonly driverOptions: Readonly<Record<string, string>>;
  /** The client sent an (empty) address configuration: `inspect` shows `{}` instead of `null`. */
  readonly hasIpamConfig?: boolean;
  /** Likewise for the driver's options. */
  readonly hasDriverOptions?: boolean;
};

/** `-p`: container port with protocol to what was asked for on the host. */
export type PortBindingSpec = {
  /** e.g. `80/tcp` */
  readonly containerPort: string;
  /** Empty means every address. */
  readonly hostIp: string;
  /** Empty means ephemeral; may be a range `8000-8010`. */
  readonly hostPort: string;
};

export type RestartPolicySpec = {
  /** `''`, `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly name: string;
  readonly maximumRetryCount: number;
};

/** Limits of a container, as `HostConfig` has them: `Memory` in bytes, `CpusetCpus` a text. */
export type Resources = Readonly<Record<string, number | string>>;

/** What `docker create` asks for. Fields the lab has no use for ride along in `passThrough`. */
export type ContainerSpec = {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly domainname: string;
  readonly user: string;
  readonly workingDir: string;
  readonly macAddress: string;
  readonly tty: boolean;
  readonly openStdin: boolean;
  readonly stdinOnce: boolean;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly stopSignal: string;
  readonly stopTimeoutSeconds: number | null;
  /** Like `80/tcp`: `--expose`. */
  readonly exposedPorts: readonly string[];
  readonly portBindings: readonly PortBindingSpec[];
  readonly publishAllPorts: boolean;
  /** `default`, `bridge`, `host`, `none`, `container:<name|id>`, or a network's name or id. */
  readonly networkMode: string;
  /** By network name or id, as sent. */
  readonly endpoints: Readonly<Record<string, EndpointSpec>>;
  readonly links: readonly string[];
  readonly dns: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly extraHosts: readonly string[];
  readonly autoRemove: boolean;
  readonly restartPolicy: RestartPolicySpec;
  readonly privileged: boolean;
  /** `Config` and `HostConfig` members that only `inspect` shows again; JSON values, bounded. */
  readonly passThrough: {
    readonly config: Readonly<Record<string, unknown>>;
    readonly hostConfig: Readonly<Record<string, unknown>>;
  };
};
