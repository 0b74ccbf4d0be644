import { familiarReference, imageDigestOf, imageOf, parseImageReference } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { matchesFilter } from '../http/matching.ts';
import { openStream, sendJson } from '../http/reply.ts';
import { filtersOf, readBody } from '../http/request.ts';
import { imageJson, knownImages } from './image-list.ts';

const list = async (call: Call): Promise<void> => {
  const { lab } = await call.see();
  const filters = filtersOf(call.query);
  const wanted = filters['reference'];
  const images = knownImages(lab).filter(
    ({ RepoTags }) => wanted === undefined || RepoTags.some((tag) => matchesReference(wanted, tag)),
  );
  sendJson(call.response, 200, images);
};

const matchesReference = (wanted: readonly string[], tag: string): boolean =>
  wanted.some((one) => {
    const pattern = `^${one.replaceAll('.', '\\.').replaceAll('*', '.*')}(:.*)?$`;
    return matchesFilter({ reference: [pattern] }, 'reference', tag);
  });

const inspect = async (call: Call): Promise<void> => {
  const { lab } = await call.see();
  const name = call.parameter('name');
  const spec = imageOf(lab, name);
  if (spec === null) throw new EngineError('notFound', `No such image: ${familiarReference(name)}`);
  sendJson(call.response, 200, imageJson(name, spec));
};

const history = async (call: Call): Promise<void> => {
  const { lab } = await call.see();
  const name = call.parameter('name');
  if (imageOf(lab, name) === null) {
    throw new EngineError('notFound', `No such image: ${familiarReference(name)}`);
  }
  sendJson(call.response, 200, []);
};

/** The text of the registry's refusal, as the engine passes it on. */
const pullDenied = (name: string): EngineError =>
  new EngineError(
    'notFound',
    `pull access denied for ${name}, repository does not exist or may require 'docker login': ` +
      'denied: requested access to the resource is denied',
  );

/**
 * `POST /images/create?fromImage=`: nothing is fetched. An image of the catalogue is there
 * already; any other one the registry does not have.
 */
const pull = async (call: Call): Promise<void> => {
  await readBody(call.request);
  const from = call.query.get('fromImage') ?? '';
  if (from === '') {
    throw new EngineError('notImplemented', 'netfold: importing images is not simulated');
  }
  const tag = call.query.get('tag') ?? '';
  const text = tag === '' ? from : `${from}${tag.startsWith('sha256:') ? '@' : ':'}${tag}`;
  const reference = parseImageReference(text);
  if (reference === null) throw new EngineError('invalidParameter', 'invalid reference format');
  const { lab } = await call.see();
  if (imageOf(lab, text) === null) {
    const hasOther = imageOf(lab, reference.name) !== null;
    if (!hasOther) throw pullDenied(reference.name);
    throw new EngineError(
      'notFound',
      `manifest for ${familiarReference(text)} not found: manifest unknown: manifest unknown`,
    );
  }
  const name = familiarReference(text);
  const repository = reference.name.includes('/') ? reference.name : `library/${reference.name}`;
  openStream(call.response, 'application/json');
  const say = (value: unknown): void => {
    call.response.write(`${JSON.stringify(value)}\r\n`);
  };
  say({ status: `Pulling from ${repository}`, id: reference.tag });
  say({ status: `Digest: ${imageDigestOf(name)}` });
  say({ status: `Status: Image is up to date for ${name}` });
  call.response.end();
};

export const imageRoutes: readonly Route[] = [
  { method: 'GET', path: '/images/json', handler: list },
  { method: 'POST', path: '/images/create', handler: pull },
  { method: 'GET', path: '/images/{name:.*}/json', handler: inspect },
  { method: 'GET', path: '/images/{name:.*}/history', handler: history },
];
