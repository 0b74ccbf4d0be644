import { defaultImages, familiarReference, imageDigestOf, imageOf } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { sendJson } from '../http/reply.ts';
import { integerProblem } from '../http/request.ts';

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
