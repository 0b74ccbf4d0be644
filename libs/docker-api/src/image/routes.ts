import { familiarReference, imageOf, imageOn, imageReferenceOn } from '@netfold/domain';
import type { ActiveLab, HostImage, LabHost } from '@netfold/domain';
import type { ImageSpec } from '@netfold/contracts';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { matchesFilter, matchesLabels } from '../http/matching.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { boolValue, checkFilters, filtersOf } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { createdOf, historyJson, imageJson, imageSummaries, newestFirst } from './image-list.ts';
import { pull } from './pull.ts';
import { commit } from './commit.ts';
import { distribution, login, push, search } from './registry.ts';

/** Whether to list images without a reference, or the others; `null`: all. */
const danglingOf = (filters: Filters): boolean | null => {
  const values = filters['dangling'];
  if (values === undefined) return null;
  if (values.some((value) => value === 'true' || value === '1')) return true;
  if (values.some((value) => value === 'false' || value === '0')) return false;
  throw new EngineError('invalidParameter', `Invalid filter 'dangling=[${values.join(' ')}]'`);
};

/** @source moby/moby v20.10 daemon/images/images.go (acceptedImageFilterTags) */
const listFilters = ['before', 'dangling', 'label', 'reference', 'since'];

const list = async (call: Call): Promise<void> => {
  const { lab, host } = await call.see();
  const filters = filtersOf(call.query);
  checkFilters(filters, listFilters);
  const wanted = filters['reference'];
  const isDangling = danglingOf(filters);
  const named = newestFirst(imageSummaries(lab, host)).map((summary) => {
    if (wanted === undefined) return summary;
    const RepoTags = summary.RepoTags.filter((tag) => matchesReference(wanted, tag));
    return { ...summary, RepoTags };
  });
  const images = named.filter(
    ({ RepoTags, Labels }) =>
      RepoTags.length > 0 &&
      (isDangling === null || isDangling === RepoTags.includes('<none>:<none>')) &&
      matchesLabels(filters, Labels ?? {}),
  );
  sendJson(call.response, 200, images);
};

const matchesReference = (wanted: readonly string[], tag: string): boolean =>
  wanted.some((one) => {
    const pattern = `^${one.replaceAll('.', '\\.').replaceAll('*', '.*')}(:.*)?$`;
    return matchesFilter({ reference: [pattern] }, 'reference', tag);
  });

/** @throws EngineError when the host has no such image */
const getImage = async (
  call: Call,
): Promise<{
  readonly lab: ActiveLab;
  readonly host: LabHost;
  readonly image: HostImage;
  readonly spec: ImageSpec;
}> => {
  const { lab, host } = await call.see();
  const name = call.parameter('name');
  const reference = imageReferenceOn(lab, host, name);
  const spec = reference === null ? null : imageOf(lab, reference);
  if (reference === null || spec === null) {
    throw new EngineError('notFound', `No such image: ${familiarReference(name)}`);
  }
  return { lab, host, image: imageOn(lab, host, reference), spec };
};

/** A missing image is told of twice. @source moby/moby v20.10 daemon/images/image_inspect.go */
const lookUp = async (call: Call): ReturnType<typeof getImage> => {
  try {
    return await getImage(call);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const message = `no such image: ${call.parameter('name')}: ${error.message}`;
    throw new EngineError(error.refusalClass, message);
  }
};

const inspect = async (call: Call): Promise<void> => {
  const { lab, image, spec } = await lookUp(call);
  sendJson(call.response, 200, imageJson(image, spec, createdOf(lab, image.reference)));
};

const history = async (call: Call): Promise<void> => {
  const { lab, host, image } = await getImage(call);
  sendJson(call.response, 200, historyJson(lab, host, image));
};

const on = (call: Call) => ({ host: call.context.host, image: call.parameter('name') }) as const;

const tag = async (call: Call): Promise<void> => {
  const repository = call.query.get('repo') ?? '';
  const name = call.query.get('tag') ?? '';
  await call.submit({ type: 'TagImage', ...on(call), repository, tag: name });
  sendEmpty(call.response, 201);
};

const remove = async (call: Call): Promise<void> => {
  if (call.parameter('name').trim() === '') {
    throw new EngineError('invalidParameter', 'image name cannot be blank');
  }
  const force = boolValue(call.query, 'force');
  const { data } = await call.submit({ type: 'RemoveImage', ...on(call), force });
  sendJson(call.response, 200, data?.['removed'] ?? []);
};

const prune = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  const { host } = call.context;
  const { data } = await call.submit({ type: 'PruneImages', host, filters });
  const removed = data?.['removed'];
  const ImagesDeleted = Array.isArray(removed) && removed.length > 0 ? removed : null;
  sendJson(call.response, 200, { ImagesDeleted, SpaceReclaimed: 0 });
};

export const imageRoutes: readonly Route[] = [
  { method: 'POST', path: '/commit', handler: commit },
  { method: 'POST', path: '/auth', handler: login },
  { method: 'POST', path: '/images/{name:.*}/push', handler: push },
  { method: 'GET', path: '/images/json', handler: list },
  { method: 'GET', path: '/images/search', handler: search },
  { method: 'POST', path: '/images/create', handler: pull },
  { method: 'POST', path: '/images/prune', handler: prune },
  { method: 'GET', path: '/images/{name:.*}/json', handler: inspect },
  { method: 'GET', path: '/images/{name:.*}/history', handler: history },
  { method: 'POST', path: '/images/{name:.*}/tag', handler: tag },
  { method: 'DELETE', path: '/images/{name:.*}', handler: remove },
  { method: 'GET', path: '/distribution/{name:.*}/json', handler: distribution },
];
