/** Where a request goes, as Go's server and the engine's router read it. */
export type RequestPath =
  | { readonly kind: 'path'; readonly path: string }
  /** No URL: Go's server refuses it before the engine sees it. */
  | { readonly kind: 'malformed' }
  /** A path that is not the shortest one: clients are sent to that. */
  | { readonly kind: 'moved'; readonly to: string };

const escapePattern = /%(?:[0-9a-fA-F]{2})?/g;

/**
 * Reads the path of a request target without its query.
 *
 * @source golang/go net/url (setPath, unescape); gorilla/mux mux.go ServeHTTP and cleanPath
 */
export const readPath = (raw: string): RequestPath => {
  if (Array.from(raw.matchAll(escapePattern)).some(([escape]) => escape === '%')) {
    return { kind: 'malformed' };
  }
  const path = unescaped(raw);
  const shortest = cleaned(path);
  if (shortest === path) return { kind: 'path', path };
  return { kind: 'moved', to: shortest.split('/').map(encodeURIComponent).join('/') };
};

/** Bytes that are no UTF-8 become U+FFFD. */
const unescaped = (raw: string): string => {
  if (!raw.includes('%')) return raw;
  const bytes = raw
    .split(/(%[0-9a-fA-F]{2})/)
    .map((part, at) =>
      Buffer.from(at % 2 === 1 ? part.slice(1) : part, at % 2 === 1 ? 'hex' : 'utf8'),
    );
  return Buffer.concat(bytes).toString('utf8');
};

/** Without `.`, `..` and empty parts; a slash at the end stays. */
const cleaned = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const end = path.endsWith('/') && parts.length > 0 ? '/' : '';
  return `/${parts.join('/')}${end}`;
};
