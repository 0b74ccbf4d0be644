/** The name of an image, as it was read; its tag or digest empty where none was given. */
export type ImageReference = {
  readonly domain: string;
  readonly path: string;
  readonly tag: string;
  readonly digest: string;
};

/** A name, or what the client has against a text. */
export type ReadReference = ImageReference | { readonly problem: string };

const defaultDomain = 'docker.io';
const nameLengthMax = 255;

// Docker's own takes no dash as well; here that would be tried at every letter again.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `${domainPart}(?:\\.${domainPart})*(?::[0-9]+)?`;
const path = `${component}(?:/${component})*`;
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const referencePattern = new RegExp(
  `^((?:${domain}/)?${path})(?::([\\w][\\w.-]{0,127}))?(?:@(${digest}))?$`,
);

/**
 * Reads the name of an image as the client does before it asks the engine.
 *
 * @source docker/cli v20.10 vendor/github.com/docker/distribution/reference/normalize.go
 *   ParseNormalizedNamed, reference.go Parse
 */
export const readReference = (text: string): ReadReference => {
  if (/^[a-f0-9]{64}$/.test(text)) {
    return {
      problem: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    };
  }
  const [host, rest] = splitDomain(text);
  const [remote = ''] = rest.split(':', 1);
  if (remote.toLowerCase() !== remote) {
    return { problem: 'invalid reference format: repository name must be lowercase' };
  }
  const whole = `${host}/${rest}`;
  const found = referencePattern.exec(whole);
  if (found === null) {
    const isCase = referencePattern.test(whole.toLowerCase());
    return { problem: isCase ? 'repository name must be lowercase' : 'invalid reference format' };
  }
  const [, name = '', tag = '', given = ''] = found;
  if (name.length > nameLengthMax) {
    return { problem: `repository name must not be more than ${nameLengthMax} characters` };
  }
  const problem = given === '' ? null : digestProblem(given);
  if (problem !== null) return { problem };
  return { domain: host, path: name.slice(host.length + 1), tag, digest: given };
};

const splitDomain = (text: string): readonly [string, string] => {
  const at = text.indexOf('/');
  const first = text.slice(0, Math.max(0, at));
  const isHost = at >= 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = isHost ? first : defaultDomain;
  const rest = isHost ? text.slice(at + 1) : text;
  const known = host === 'index.docker.io' ? defaultDomain : host;
  const isOfficial = known === defaultDomain && !rest.includes('/');
  return [known, isOfficial ? `library/${rest}` : rest];
};

const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** @source docker/cli v20.10 vendor/github.com/opencontainers/go-digest digest.go Validate */
const digestProblem = (text: string): string | null => {
  const [algorithm = '', hex = ''] = text.split(':');
  const length = digestLengths[algorithm];
  if (length === undefined) {
    const isWellFormed = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*$/.test(algorithm);
    return isWellFormed ? 'unsupported digest algorithm' : 'invalid checksum digest format';
  }
  if (hex.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(hex) ? null : 'invalid checksum digest format';
};

/** Why a text is no name of an image; `null`: it is one. */
export const referenceProblem = (text: string): string | null => {
  const read = readReference(text);
  return 'problem' in read ? read.problem : null;
};

/** As `referenceProblem`, of a text that may be an id as well. */
export const anyReferenceProblem = (text: string): string | null => {
  const isId = /^[a-f0-9]{64}$/.test(text);
  const isDigest = /^[a-z0-9]+:/.test(text) && digestProblem(text) === null;
  return isId || isDigest ? null : referenceProblem(text);
};

export const isNameOnly = ({ tag, digest }: ImageReference): boolean => tag === '' && digest === '';

export const withDefaultTag = (reference: ImageReference): ImageReference =>
  isNameOnly(reference) ? { ...reference, tag: 'latest' } : reference;

/** Whether the image is one of Docker's own registry. */
export const isOfDefaultRegistry = (reference: ImageReference): boolean =>
  reference.domain === defaultDomain;

/** Without what everybody leaves out: `nginx` for `docker.io/library/nginx`. */
export const familiarName = ({ domain, path }: ImageReference): string => {
  if (domain !== defaultDomain) return `${domain}/${path}`;
  const [group, name, ...more] = path.split('/');
  return group === 'library' && name !== undefined && more.length === 0 ? name : path;
};

/** `nginx:latest` or `nginx@sha256:…`, as it is shown. */
export const familiarReference = (reference: ImageReference): string =>
  `${familiarName(reference)}${behindName(reference)}`;

const behindName = ({ tag, digest }: ImageReference): string =>
  `${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;

/** With everything: `docker.io/library/nginx:latest`. */
export const fullReference = (reference: ImageReference): string =>
  `${reference.domain}/${reference.path}${behindName(reference)}`;

/** What the engine's API takes as tag: a digest where there is one. */
export const tagOrDigest = (reference: ImageReference): string => {
  const { tag, digest } = withDefaultTag(reference);
  return digest === '' ? tag : digest;
};
