export type * from './state/lab.ts';
export type * from './state/lab-host.ts';
export type * from './state/network.ts';
export type * from './state/endpoint.ts';
export type * from './state/container.ts';
export type * from './state/exec.ts';
export type * from './state/firewall.ts';
export type * from './state/hand-made.ts';
export type * from './state/learnt.ts';
export type * from './state/swarm.ts';
export type * from './state/volume.ts';
export type * from './persistent/persistent-map.ts';
export type { AddressPool } from './pool/address-pool.ts';
export { makeAddressPool, takeNextAddress, usedAddresses } from './pool/address-pool.ts';
export type { Decision } from './decision.ts';

export { commandTypes, decide } from './decide.ts';
export { eventTypes, evolve, evolveAll, initial } from './evolve.ts';
export { decodeLab, encodeLab, hashableLab } from './snapshot.ts';
export { dueAt } from './time/advance.ts';
export { limits } from './limits.ts';
export {
  chainKey as firewallChainKey,
  ruleKey as firewallRuleKey,
} from './firewall/firewall-key.ts';
export { addressKey, linkKey, namedNamespace, parameterKey, routeKey } from './stack/stack-key.ts';
export { bridgeMacOf, portsOf } from './stack/bridge-ports.ts';
export { isNeighbourFresh, neighbourMs, stationMs } from './traffic/ageing.ts';

export { findContainer } from './host/find-container.ts';
export { findNetwork, searchNetwork, visibleNetworks } from './network/find-network.ts';
export { isPredefinedNetwork } from './network/predefined-name.ts';
export { findNodes } from './swarm/find-node.ts';
export {
  balancerFile,
  namespaceFilesLeft,
  overlayFile,
  sandboxFile,
} from './endpoint/namespace-files.ts';
export { managedSwarm } from './swarm/managed-swarm.ts';
export { ingressContainerId, ingressSandboxId } from './swarm/ingress.ts';
export { gatewayNetworkName } from './endpoint/gateway-order.ts';
export { vniOption } from './swarm/vni-option.ts';

export type { DnsName } from './endpoint/dns-names.ts';
export { dnsNames } from './endpoint/dns-names.ts';
export { shownMac } from './endpoint/endpoint-settings.ts';
export { gatewayAddress } from './endpoint/gateway.ts';
export { goDuration, parseGoDuration } from './refusal/go-duration.ts';
export { goQuoted } from './refusal/go-quoted.ts';
export { gatewayEndpoint, orderedEndpoints } from './endpoint/gateway-order.ts';
export { endpointName } from './endpoint/join.ts';
export { usersOfVolume } from './volume/remove-volume.ts';
export { mountAt, mountsIn } from './volume/mount-point.ts';
export { mountRequests } from './volume/mount-request.ts';
export {
  fileAt,
  fileBehind,
  filesBelow,
  imageFolders,
  isProgramPath,
  isRemoved,
  isWithin,
  pathBehind,
  programFolders,
  withoutPath,
} from './file/container-files.ts';
export { filesProblem, removalProblem } from './file/files-problem.ts';
export { sha256 } from './image/sha256.ts';
export { imageFiles } from './file/image-files.ts';
export {
  healthAt,
  healthcheckJson,
  healthcheckOf,
  nextProbeAt,
  outcomeOf,
} from './container/health.ts';
export type { Healthcheck } from './container/health.ts';
export { mergedWithImage } from './container/merged-spec.ts';
export {
  isLogReadable,
  logConfigOf,
  logDriverOf,
  logStartProblem,
} from './container/log-driver.ts';
export { userProblem } from './container/users.ts';
export { printedOutput, resumedOutput } from './container/output.ts';
export type { ContainerFile } from './file/container-files.ts';
export { emptyMap, mapOf } from './persistent/empty-map.ts';
export { defaultImages } from './image/default-images.ts';
export { commandName, hasProgram, packageOf } from './image/executables.ts';
export { packagesToInstall } from './package/closure.ts';
export {
  apkInstalled,
  apkStanza,
  apkWorld,
  dpkgStanza,
  dpkgStatus,
  installedPackages,
  packageFamily,
} from './package/installed-packages.ts';
export type { FileReader } from './package/installed-packages.ts';
export type { AlpinePackage, DebianPackage } from './package/package-row.ts';
export { alpineRelease, debianRelease, mirrorNames } from './package/release.ts';
export type { AptIndex, DebianRelease } from './package/release.ts';
export {
  builtImageId,
  familiarReference,
  imageDigestOf,
  imageIdOf,
  imageOf,
  parseImageReference,
} from './image/image-catalogue.ts';
export { imageOn, imageReferenceOn, imagesOn } from './image/images-on-host.ts';
export type { HostImage } from './image/images-on-host.ts';
export { cleanPath } from './file/clean-path.ts';
export { exitCodeOf, sigint, sigquit, sigterm } from './container/signals.ts';
export { identityOf, rootIdentity } from './container/identity.ts';
export type { Identity } from './container/identity.ts';
export { scriptOf } from './image/shell-script.ts';
export { listenersOfCommand } from './image/listening-programs.ts';
export type { ProcessListener, ServedFolder } from './image/listening-programs.ts';
export { processOf } from './image/main-process.ts';
export { busyboxFunctions } from './image/busybox-functions.ts';
export { runningCommand } from './image/running-command.ts';
