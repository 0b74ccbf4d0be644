import type { Call } from './call.ts';

type Handler = (call: Call) => Promise<void> | void;

/**
 * `GET /containers/{id}/json`; `{name:.*}` may hold slashes, and so may a container, `app/alias`.
 * @source moby/moby v20.10 api/server/router/container/container.go
 */
export type Route = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: Handler;
};

type Compiled = Route & { readonly pattern: RegExp };

export type Routed =
  | { readonly kind: 'found'; readonly route: Route; readonly parameters: Record<string, string> }
  | { readonly kind: 'none' };

const compile = (route: Route): Compiled => {
  const isContainer = route.path.startsWith('/containers/');
  const source = route.path.replaceAll(
    /\{(\w+)(:\.\*)?\}/g,
    (_, name: string, anything?: string) =>
      `(?<${name}>${anything === undefined && !isContainer ? '[^/]+' : '.+'})`,
  );
  return { ...route, pattern: new RegExp(`^${source}$`, 's') };
};

/**
 * Finds the route of a request by its unescaped path. Patterns are ours and linear; the first that
 * fits is taken.
 */
export const makeRouter = (
  routes: readonly Route[],
): ((method: string, path: string) => Routed) => {
  const compiled = routes.map(compile);
  return (method, path) => {
    for (const route of compiled) {
      if (route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (found === null) continue;
      return { kind: 'found', route, parameters: { ...found.groups } };
    }
    return { kind: 'none' };
  };
};
