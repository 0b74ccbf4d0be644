/**
 * How large a lab may grow. Counted from state within the decision, so a limit cannot be passed by
 * asking twice at once. Instructors may raise quotas of a tenant elsewhere; these are the walls.
 */
export const limits = {
  hostsPerLabMax: 128,
  lansPerLabMax: 16,
  nicsPerHostMax: 8,
  networksPerHostMax: 200,
  containersPerHostMax: 2_000,
  endpointsPerLabMax: 20_000,
  publishedPortsPerHostMax: 2_000,
  execsPerContainerMax: 1_000,
  volumesPerHostMax: 2_000,
  mountsPerContainerMax: 128,
  /** References of images that a host has beside the catalogue's, or not any more. */
  imageTagsPerHostMax: 1_000,
  /** Images that were built on the hosts of a lab. */
  builtImagesPerLabMax: 500,
  /** Files of a container that are not its image's. */
  filesPerContainerMax: 1_000,
  /** Characters of one such file as it is stored (text, or base 64). */
  fileLengthMax: 262_144,
  /** Characters of all of them. */
  filesLengthMax: 1_048_576,
  commandsPerBatchMax: 10_000,
  imagesPerCatalogueMax: 1_000,
  /** Characters of a lab's, host's or LAN's name (a host name is a DNS label, RFC 1035 §2.3.4). */
  nameLengthMax: 63,
  /** Characters of a network's name, a label, an option: the engine has no limit, we need one. */
  textLengthMax: 4_096,
  labelsPerNetworkMax: 500,
  poolsPerNetworkMax: 64,
  /** Of a request: more than a network may have, so that the engine's own refusal comes first. */
  poolsPerRequestMax: 2_048,
  abandonedPoolsPerHostMax: 1_024,
  auxAddressesPerPoolMax: 256,
  aliasesPerEndpointMax: 64,
  /** Characters: a DNS name has no more (RFC 1035 §2.3.4). */
  aliasLengthMax: 253,
  /** Characters of one `docker logs` kept per container. */
  outputLengthMax: 262_144,
  /** Rules and chains made by hand, and rules of the engine removed by hand. */
  firewallRulesPerHostMax: 4_096,
  /** Links, addresses, routes, neighbours and namespaces made or taken away by hand. */
  stackEditsPerHostMax: 1_024,
  /** Entries of a link's neighbour table: the kernel's gc_thresh3. The oldest gives way. */
  neighboursPerLinkMax: 1_024,
  /** Entries of a bridge's forwarding table at one port. The oldest gives way. */
  stationsPerPortMax: 64,
  /** Entries of one report of what packets taught; more are not told. */
  lessonsPerReportMax: 4_096,
} as const;
