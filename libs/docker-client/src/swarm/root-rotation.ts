import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { StillWaiting } from '../command/engine.ts';
import type { SwarmNode } from '../node/node-api.ts';
import { swarmOf } from './swarm-api.ts';
import type { Swarm } from './swarm-spec.ts';

/** The digest of a root certificate that is empty: a swarm of a lab has no certificates. */
const emptyDigest = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Waits until all nodes have certificates of the new root, and tells how it goes. Bars are left
 * out where there is no terminal.
 *
 * @throws ClientError, StillWaiting
 * @source docker/cli v20.10 cli/command/swarm/progress/root_rotation.go
 */
export const awaitRotation = ({ engine, flags, out }: CommandCall): void => {
  const isQuiet = flags.isOn('quiet');
  if (!isQuiet) {
    out.print(
      'desired root digest: \n  rotated TLS certificates: \n  rotated CA certificates:  \n',
    );
  }
  const swarm = swarmOf(engine);
  const nodes = engine.get('/nodes') as readonly SwarmNode[];
  if ((swarm.TLSInfo?.TrustRoot ?? '') !== '') {
    throw new ClientError('netfold: the digest of a root certificate cannot be told');
  }
  if (!isQuiet) out.line(`desired root digest: ${emptyDigest}`);
  if (!nodes.every((node) => isRotated(node, swarm))) throw new StillWaiting();
  swarmOf(engine);
};

const isRotated = ({ Description }: SwarmNode, { TLSInfo }: Swarm): boolean => {
  const {
    TrustRoot = '',
    CertIssuerPublicKey = '',
    CertIssuerSubject = '',
  } = Description.TLSInfo ?? {};
  return (
    TrustRoot === (TLSInfo?.TrustRoot ?? '') &&
    CertIssuerPublicKey === (TLSInfo?.CertIssuerPublicKey ?? '') &&
    CertIssuerSubject === (TLSInfo?.CertIssuerSubject ?? '')
  );
};
