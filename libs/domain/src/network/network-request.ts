import type { HostName, IpamPoolSpec, NetworkSpec } from '@netfold/contracts';

/** What is left of a request once its config-only network was applied to it. */
export type NetworkRequest = {
  readonly host: HostName;
  readonly spec: NetworkSpec;
  readonly driver: string;
  readonly isIPv6Enabled: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** IPv4 subnets in IPv6 form stand here as IPv4. */
  readonly pools: readonly IpamPoolSpec[];
  readonly hasMappedPool: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Docker warns when it made a second network of a name. */
  readonly warnings: readonly string[];
};
