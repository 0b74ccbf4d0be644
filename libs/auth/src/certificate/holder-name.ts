import type { X509Certificate } from 'node:crypto';
import type { LabId, TenantId } from '@netfold/contracts';

/** Whom a client certificate names: the token it was made with, and the one lab it is good for. */
export type CertificateHolder = {
  readonly tenantId: TenantId;
  readonly tokenId: string;
  readonly labId: LabId;
};

const form = /^URI:netfold:\/\/([^/]+)\/tokens\/([^/]+)\/labs\/([^/]+)$/;

/** As the certificate's only alternative name, a URI. What is not plain in it is escaped. */
export const nameOfHolder = ({ tenantId, tokenId, labId }: CertificateHolder): string =>
  `netfold://${encodeURIComponent(tenantId)}/tokens/${encodeURIComponent(tokenId)}` +
  `/labs/${encodeURIComponent(labId)}`;

/**
 * Reads the name back. That the certificate was signed by us is for the caller to know.
 * @returns `null` for a certificate that names nobody, or more than one
 */
export function holderOf(certificate: X509Certificate): CertificateHolder | null {
  const parts = form.exec(certificate.subjectAltName ?? '');
  if (parts === null) return null;
  const [, tenantId = '', tokenId = '', labId = ''] = parts;
  try {
    return {
      tenantId: decodeURIComponent(tenantId),
      tokenId: decodeURIComponent(tokenId),
      labId: decodeURIComponent(labId),
    };
  } catch {
    return null; // An escape that no text has: not one of ours.
  }
}
