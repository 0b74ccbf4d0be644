import { z } from 'zod';
import { name, text } from '../input/text.ts';
import { hostOnLab } from './host-on-lab.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { userErrorsOfInput } from './user-error.ts';
import type { UserError } from './user-error.ts';

/** An RSA key of 4096 bits takes 800 bytes as PEM. */
const publicKeyBytesMax = 4_096;

const certificateInput = z.object({ lab: name, host: name, publicKey: text(publicKeyBytesMax) });

const nothing = { endpoint: null, authority: null, certificate: null, expiresAt: null };
const refused = (...userErrors: readonly UserError[]) => ({ ...nothing, userErrors });

/** What lets the Docker client of the actor in, for the hosts of one lab. */
export const hostCertificateCreate =
  (parts: ResolverParts) =>
  async (_: unknown, { input }: { readonly input: unknown }, { request }: ResolverContext) => {
    const parsed = certificateInput.safeParse(input);
    if (!parsed.success) return refused(...userErrorsOfInput(parsed.error));
    const { lab, host, publicKey } = parsed.data;
    const { actor } = request;
    const field = 'Mutation.hostCertificateCreate';
    const found = await hostOnLab(parts, actor, { field, lab, host });
    if ('code' in found) return refused(found);
    const made = await parts.hostCertificate({ actor, labId: found.labId, host, publicKey });
    if (made === 'noDoor') return refused(noDoor);
    if (made === 'unfitKey') return refused(unfitKey);
    return { ...made, userErrors: [] };
  };

const noDoor: UserError = {
  code: 'NO_DOCKER_TLS',
  class: 'unavailable',
  message: 'this server has no TLS listener for Docker clients',
  field: null,
  fix: 'start it with --docker-tls PORT, or set NETFOLD_DOCKER_TLS_PORT',
};

const unfitKey: UserError = {
  code: 'INVALID_INPUT',
  class: 'invalidParameter',
  message: 'this is no public key that a certificate can be made for',
  field: ['input', 'publicKey'],
  fix: 'send a PEM public key: EC on P-256 or P-384, or RSA of 2048 to 4096 bits',
};
