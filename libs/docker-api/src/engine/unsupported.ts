/** Routes of the engine that are known and not simulated, and what a person calls them. */
const features: readonly (readonly [methods: string, path: RegExp, feature: string])[] = [
  ['POST', /^\/build\/cancel$/, 'cancelling a build of BuildKit'],
  ['POST', /^\/session$/, 'BuildKit sessions: set DOCKER_BUILDKIT=0 (docker build)'],
  ['POST', /^\/grpc$/, 'BuildKit'],
  ['GET', /^\/images\/(.+\/)?get$/, 'saving images (docker save)'],
  ['POST', /^\/images\/load$/, 'loading images (docker load)'],
  ['GET', /^\/containers\/[^/]+\/export$/, 'exporting containers (docker export)'],
  ['GET', /^\/containers\/[^/]+\/attach\/ws$/, 'attaching by WebSocket'],
  ['POST', /^\/containers\/[^/]+\/copy$/, 'copying files (docker cp)'],
  ['GET POST', /^\/services\/.+$/, 'swarm services (docker service)'],
  ['GET', /^\/tasks\/.+$/, 'swarm tasks (docker service logs)'],
  ['POST', /^\/secrets\/.+$/, 'swarm secrets (docker secret)'],
  ['POST', /^\/configs\/.+$/, 'swarm configs (docker config)'],
  ['GET POST DELETE', /^\/plugins(\/.*)?$/, 'engine plugins (docker plugin)'],
];

/** The feature behind a route of the engine that a lab host does not serve, or `null`. */
export const unsupportedFeature = (method: string, path: string): string | null => {
  const found = features.find(
    ([methods, pattern]) => methods.split(' ').includes(method) && pattern.test(path),
  );
  return found === undefined ? null : found[2];
};
