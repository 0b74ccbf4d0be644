export type * from './rows.ts';
export { rowKeys } from './rows.ts';
export type { HostPlace, LabPlace, TableRow } from './table-row.ts';
export { balancerNamespace, hostNamespace, overlayNamespace, rowKey } from './table-row.ts';
export { contributionOf, referenceKey } from './entity.ts';
export type { EntityReference, HostEntityKind } from './entity.ts';
export { fullView, hostEntities, hostRows, labEntities } from './view/full-view.ts';
export type { RowsOfHost } from './view/full-view.ts';
export { namespaceView } from './view/namespace-view.ts';
export type { NamespaceView } from './view/namespace-view.ts';
export { deltaOf, touchedByAll } from './delta/delta-of.ts';
export { touched } from './delta/touched.ts';
export { isForwardingKnown, neighbourStateAt } from './traffic/ageing.ts';
export type { NeighbourState } from './traffic/ageing.ts';
export type { Change } from './delta/touched.ts';
export type { EndpointDocument } from './endpoint/endpoint-document.ts';
export { overlayPeers } from './overlay/overlay-peers.ts';
export type { OverlayPeers } from './overlay/overlay-peers.ts';
export {
  containerKernelParameter,
  kernelParameter,
  kernelParameterNames,
  parameterName,
} from './hand-made/kernel-parameter.ts';
export { hostFiles } from './host/host-files.ts';
export type { HostFiles } from './host/host-files.ts';
export { etcHosts } from './sandbox/hosts-file.ts';
export { resolvConf } from './sandbox/resolv-conf.ts';
export { sandboxKey } from './sandbox/sandbox-rows.ts';
export { commandOf } from './container/container-rows.ts';
export { PacketWalk } from './walk/packet-walk.ts';
export type { Flow, StackName, Trace } from './walk/packet-walk.ts';
export type { Disposition, StoppedBy, TraceStep } from './walk/disposition.ts';
export type { Service } from './walk/listening.ts';
export { networkOf } from './addresses.ts';
export { insertedOnTop } from './rank.ts';
export { appended as appendedRank } from './rank.ts';
export { canonicalAddress, familyOf, isWithin as isWithinNetwork } from './walk/address-match.ts';
export { askNameServer } from './walk/name-service.ts';
export type { DnsAnswer } from './walk/name-service.ts';
export type { Question } from './walk/embedded-dns-answer.ts';
export { httpReply, replyTo } from './walk/answers.ts';
export { contentType, headLines, reasonOf } from './walk/http-head.ts';
export type { Reply } from './walk/answers.ts';
export type { HttpReply } from './walk/http-head.ts';
