import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '@netfold/application';
import { NotAdmitted } from './not-admitted.ts';

/**
 * The certificate that a client has proved to hold, signed by our authority and good now. The
 * handshake lets anybody in, so that the answer to others can say what is wrong: clients print a
 * message of the engine, where of a TLS alert they show a number.
 *
 * @throws NotAdmitted
 */
export const certificateOf = (socket: TLSSocket, clock: Clock): X509Certificate => {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) throw new NotAdmitted('a client certificate is needed here');
  // Also later than the handshake: connections and streams outlive it.
  demandCurrent(certificate, clock);
  if (!socket.authorized) {
    throw new NotAdmitted('the client certificate is not one of this installation');
  }
  return certificate;
};

const demandCurrent = (certificate: X509Certificate, clock: Clock): void => {
  if (Date.parse(certificate.validTo) > clock()) return;
  const since = new Date(certificate.validTo).toISOString();
  throw new NotAdmitted(`the client certificate has expired (${since})`);
};
