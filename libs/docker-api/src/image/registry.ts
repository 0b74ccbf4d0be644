import {
  defaultImages,
  familiarReference,
  imageDigestOf,
  imageOf,
  imageReferenceOn,
  parseImageReference,
} from '@netfold/domain';
import type { Call, Seen } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { objectOf, textOf } from '../http/fields.ts';
import { goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';
import { openStream, sendJson } from '../http/reply.ts';
import { integerProblem, readBody, readJson } from '../http/request.ts';

const resultsMax = 25;
const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const manifestBytes = 528;

/**
 * `docker search`: the lab's registry is its catalogue, and nobody has starred anything there.
 * @source moby/moby v20.10 api/types/registry/registry.go (SearchResult)
 */
export const search = async (call: Call): Promise<void> => {
  const { lab } = await call.see();
  const term = (call.query.get('term') ?? '').replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
  const limitText = call.query.get('limit') ?? '';
  const problem = limitText === '' ? null : integerProblem(limitText);
  if (problem !== null) throw new EngineError('internal', problem);
  const limit = limitText === '' ? resultsMax : Number(limitText);
  const names = Object.keys(lab.images ?? defaultImages).map((name) => name.split(':')[0] ?? '');
  const found = [...new Set(names)].filter((name) => name.includes(term)).toSorted();
  const results = found.slice(0, limit).map((name) => ({
    star_count: 0,
    is_official: !name.includes('/'),
    name,
    is_automated: false,
    description: '',
  }));
  sendJson(call.response, 200, results);
};

/** `GET /distribution/{name}/json`: what the registry says of an image. */
export const distribution = async (call: Call): Promise<void> => {
  const { lab } = await call.see();
  const name = call.parameter('name');
  if (imageOf(lab, name) === null) {
    throw new EngineError(
      'forbidden',
      'errors:\ndenied: requested access to the resource is denied\n' +
        'unauthorized: authentication required\n',
    );
  }
  sendJson(call.response, 200, {
    Descriptor: {
      mediaType: manifestType,
      digest: imageDigestOf(familiarReference(name)),
      size: manifestBytes,
    },
    Platforms: [{ architecture: 'amd64', os: 'linux' }],
  });
};

/** Names in a lab are answered by the machine at the gateway of the host's first LAN. */
const notFoundAt = ({ lab, host }: Seen, registry: string): string => {
  const [nic] = host.spec.nics;
  const lan = lab.lans.find(({ name }) => name === nic?.lan);
  const server = lan?.gateway ?? '127.0.0.1';
  return (
    `Get "https://${registry}/v2/": dial tcp: lookup ${registry.replace(/:\d+$/, '')} ` +
    `on ${server}:53: no such host`
  );
};

const hub = 'registry-1.docker.io';

/**
 * `docker login`: the outside of a lab has no registry that one could log in to.
 * @source moby/moby v20.10 registry/auth.go loginV2; recorded engine
 */
export const login = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, authForm));
  const address = textOf(body, 'serveraddress').replace(/^https?:\/\//, '');
  const registry = address.replace(/\/.*$/s, '');
  const isHub = registry === '' || registry === 'index.docker.io' || registry === 'docker.io';
  throw new EngineError('internal', notFoundAt(await call.see(), isHub ? hub : registry));
};

const authForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('types.AuthConfig', {
    username: goString,
    password: goString,
    auth: goString,
    email: goString,
    serveraddress: goString,
    identitytoken: goString,
    registrytoken: goString,
  }),
};

/**
 * `docker push`: nobody takes it.
 * @source moby/moby v20.10 distribution/push.go; recorded engine
 */
export const push = async (call: Call): Promise<void> => {
  await readBody(call.request);
  const seen = await call.see();
  const name = call.parameter('name');
  const tag = call.query.get('tag') ?? '';
  const reference = parseImageReference(tag === '' ? name : `${name}:${tag}`);
  if (reference === null) throw new EngineError('invalidParameter', 'invalid reference format');
  const [first = '', ...rest] = reference.name.split('/');
  const isElsewhere = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = !isElsewhere && rest.length === 0 ? `library/${first}` : reference.name;
  const repository = isElsewhere ? reference.name : `docker.io/${path}`;
  openStream(call.response, 'application/json');
  const say = (value: unknown): void => {
    call.response.write(`${JSON.stringify(value)}\r\n`);
  };
  say({ status: `The push refers to repository [${repository}]` });
  const isThere = imageReferenceOn(seen.lab, seen.host, `${name}:${tag || 'latest'}`) !== null;
  const message = isThere
    ? notFoundAt(seen, isElsewhere ? first : hub)
    : `An image does not exist locally with the tag: ${reference.name}`;
  say({ errorDetail: { message }, error: message });
  call.response.end();
};
