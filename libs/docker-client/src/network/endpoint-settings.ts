/** What a container asks of a network, as the engine takes it. */
export type Endpoint = Readonly<Record<string, unknown>>;

/** One that asks for nothing: Go sends every member. @source moby/moby api/types/network */
export const plainEndpoint: Endpoint = {
  IPAMConfig: null,
  Links: null,
  Aliases: null,
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  MacAddress: '',
  DriverOpts: null,
};
