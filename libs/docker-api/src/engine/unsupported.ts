/** Routes of the engine that are known and not simulated, and what a person calls them. */
const features: readonly (readonly [methods: string, path: RegExp, feature: string])[] = [
  ['POST', /^\/build$/, 'building images (docker build)'],
  ['POST', /^\/build\/(prune|cancel)$/, 'the build cache'],
  ['POST', /^\/session$/, 'BuildKit sessions (docker build)'],
  ['POST', /^\/grpc$/, 'BuildKit'],
  ['POST', /^\/commit$/, 'committing containers (docker commit)'],
  ['GET', /^\/images\/search$/, 'searching images (docker search)'],
  ['GET', /^\/images\/(.+\/)?get$/, 'saving images (docker save)'],
  ['POST', /^\/images\/load$/, 'loading images (docker load)'],
  ['POST', /^\/images\/.+\/push$/, 'pushing images (docker push)'],
  ['POST', /^\/images\/.+\/tag$/, 'tagging images (docker tag)'],
  ['POST', /^\/images\/prune$/, 'pruning images (docker image prune)'],
  ['DELETE', /^\/images\/.+$/, 'removing images (docker rmi)'],
  ['GET', /^\/containers\/[^/]+\/export$/, 'exporting containers (docker export)'],
  ['GET', /^\/containers\/[^/]+\/stats$/, 'container statistics (docker stats)'],
  ['GET', /^\/containers\/[^/]+\/changes$/, 'file system changes (docker diff)'],
  ['GET', /^\/containers\/[^/]+\/attach\/ws$/, 'attaching by WebSocket'],
  ['GET HEAD PUT', /^\/containers\/[^/]+\/archive$/, 'copying files (docker cp)'],
  ['POST', /^\/containers\/[^/]+\/copy$/, 'copying files (docker cp)'],
  ['POST', /^\/containers\/[^/]+\/update$/, 'changing resources (docker update)'],
  ['POST', /^\/volumes\/create$/, 'volumes (docker volume create)'],
  ['POST', /^\/auth$/, 'registry logins (docker login)'],
  ['GET POST DELETE', /^\/services(\/.*)?$/, 'swarm services (docker service)'],
  ['GET', /^\/tasks(\/.*)?$/, 'swarm tasks (docker service ps)'],
  ['GET POST DELETE', /^\/secrets(\/.*)?$/, 'swarm secrets (docker secret)'],
  ['GET POST DELETE', /^\/configs(\/.*)?$/, 'swarm configs (docker config)'],
  ['GET POST DELETE', /^\/plugins(\/.*)?$/, 'engine plugins (docker plugin)'],
  ['POST', /^\/swarm\/update$/, 'changing the swarm (docker swarm update)'],
  ['GET POST', /^\/swarm\/unlock(key)?$/, 'locked swarms (docker swarm unlock)'],
  ['POST DELETE', /^\/nodes\/.+$/, 'changing swarm nodes (docker node)'],
  ['GET', /^\/distribution\/.+\/json$/, 'registry manifests'],
];

/** The feature behind a route of the engine that a lab host does not serve, or `null`. */
export const unsupportedFeature = (method: string, path: string): string | null => {
  const found = features.find(
    ([methods, pattern]) => methods.split(' ').includes(method) && pattern.test(path),
  );
  return found === undefined ? null : found[2];
};
