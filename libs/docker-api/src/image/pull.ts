import { familiarReference, imageDigestOf, imageIdOf, parseImageReference } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { openStream } from '../http/reply.ts';
import { readBody } from '../http/request.ts';

/**
 * `POST /images/create?fromImage=`: nothing is fetched. The registry has what the lab's catalogue
 * has, and the host has it from now on.
 *
 * @source moby/moby v20.10 distribution/pull_v2.go
 */
export const pull = async (call: Call): Promise<void> => {
  await readBody(call.request);
  const from = call.query.get('fromImage') ?? '';
  if (from === '') {
    throw new EngineError('notImplemented', 'netfold: importing images is not simulated');
  }
  const tag = call.query.get('tag') ?? '';
  const text = tag === '' ? from : `${from}${tag.startsWith('sha256:') ? '@' : ':'}${tag}`;
  const reference = parseImageReference(text);
  if (reference === null) throw new EngineError('invalidParameter', 'invalid reference format');
  const { data } = await call.submit({ type: 'PullImage', host: call.context.host, image: text });
  const name = familiarReference(text);
  const isHub = !reference.name.includes('/');
  openStream(call.response, 'application/json');
  const say = (value: unknown): void => {
    call.response.write(`${JSON.stringify(value)}\r\n`);
  };
  const isNew = data?.['isNew'] === true;
  const repository = isHub ? `library/${reference.name}` : reference.name;
  say({ status: `Pulling from ${repository}`, id: reference.tag });
  if (isNew) {
    const id = imageIdOf(`layer ${name}`).slice('sha256:'.length, 'sha256:'.length + 12);
    for (const status of ['Pulling fs layer', 'Download complete', 'Pull complete']) {
      say({ status, progressDetail: {}, id });
    }
  }
  say({ status: `Digest: ${imageDigestOf(name)}` });
  const outcome = isNew ? 'Downloaded newer image' : 'Image is up to date';
  say({ status: `Status: ${outcome} for ${name}` });
  call.response.end();
};
