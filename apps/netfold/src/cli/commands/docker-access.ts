import { generateKeyPairSync } from 'node:crypto';
import { exitCodes } from '../exit-codes.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import type { HostReference } from './host-reference.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

/** What opens the engine of a host by TLS. */
export type DockerAccess = {
  /** For `DOCKER_HOST`. */
  readonly endpoint: string;
  readonly expiresAt: string;
  /** PEM, by the names that Docker has for them. */
  readonly files: {
    readonly 'ca.pem': string;
    readonly 'cert.pem': string;
    readonly 'key.pem': string;
  };
};

type Answer = {
  readonly hostCertificateCreate: {
    readonly endpoint: string | null;
    readonly authority: string;
    readonly certificate: string;
    readonly expiresAt: string;
    readonly userErrors: readonly UserError[];
  };
};

const document = `mutation ($input: HostCertificateCreateInput!) {
  hostCertificateCreate(input: $input) {
    endpoint authority certificate expiresAt ${userErrorFields}
  }
}`;

/**
 * Has a certificate made for a key of its own, which never leaves this machine.
 * @returns what to print when it is refused
 */
export async function dockerAccess(
  input: CliInput,
  at: HostReference,
): Promise<DockerAccess | CliOutput> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { hostCertificateCreate: made } = await ask<Answer>(input, document, {
    input: { ...at, publicKey },
  });
  if (made.endpoint === null) return refused(made.userErrors);
  return {
    endpoint: made.endpoint,
    expiresAt: made.expiresAt,
    files: { 'ca.pem': made.authority, 'cert.pem': made.certificate, 'key.pem': privateKey },
  };
}

function refused(errors: readonly UserError[]): CliOutput {
  const isForbidden = errors.some(({ code }) => code === 'FORBIDDEN');
  const output = refusedOutput(errors);
  return isForbidden ? { ...output, exitCode: exitCodes.notAllowed } : output;
}
