import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

// Looked for from this package, so that it also works from a bundle that stands elsewhere.
const home = createRequire(import.meta.url).resolve('@netfold/graphql/package.json');
const find = createRequire(home).resolve;
/** Packages let in no file by name but their entries; these files stand beside them. */
const beside = (entry: string, file: string): string => join(dirname(find(entry)), file);

/** What the page is made of, all from packages: it works without the internet. */
const assets: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  'react.js': { path: beside('react', 'umd/react.production.min.js'), type: 'text/javascript' },
  'react-dom.js': {
    path: beside('react-dom', 'umd/react-dom.production.min.js'),
    type: 'text/javascript',
  },
  'graphiql.js': { path: find('graphiql/graphiql.min.js'), type: 'text/javascript' },
  'graphiql.css': { path: find('graphiql/graphiql.min.css'), type: 'text/css' },
  'graphql-ws.js': {
    path: beside('graphql-ws', '../umd/graphql-ws.min.js'),
    type: 'text/javascript',
  },
};

/** The token stands in the fragment of the address or is asked for; it never reaches the server. */
const start = `
const key = 'netfold-token';
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem(key, given);
  history.replaceState(null, '', location.pathname);
}
let token = sessionStorage.getItem(key);
if (!token) {
  token = (prompt('Your token, from the file "token" in the data folder:') || '').trim();
  if (token) sessionStorage.setItem(key, token);
}
const authorization = 'Bearer ' + token;
const url = location.origin + '/graphql';
const wsClient = graphqlWs.createClient({
  url: url.replace(/^http/, 'ws'), lazy: true, connectionParams: { authorization },
});
const fetcher = GraphiQL.createFetcher({ url, headers: { authorization }, wsClient });
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher, defaultQuery: '{ labs(first: 10) { nodes { name } } }\\n',
  }),
);
`;

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Netfold GraphiQL</title>
<link rel="stylesheet" href="/graphiql/graphiql.css">
<link rel="stylesheet" href="/graphiql/page.css">
</head><body><div id="graphiql">Loading…</div>
<script src="/graphiql/react.js"></script><script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script><script src="/graphiql/graphql-ws.js"></script>
<script src="/graphiql/start.js"></script></body></html>
`;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';" +
  " connect-src 'self' ws: wss:;" +
  " img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none';" +
  " form-action 'none'; frame-ancestors 'none'";

/** GraphiQL for the local mode, at `/graphiql`. The page itself tells nothing of anybody. */
export async function graphiqlFace(app: FastifyInstance): Promise<void> {
  const own = {
    'start.js': { text: start, type: 'text/javascript' },
    'page.css': { text: 'body{margin:0}#graphiql{height:100dvh}', type: 'text/css' },
  };
  const files = Object.entries(assets).map(([name, { path, type }]) => ({
    name,
    type,
    read: () => readFileSync(path, 'utf8'),
  }));
  const texts = Object.entries(own).map(([name, { text, type }]) => ({
    name,
    type,
    read: () => text,
  }));
  app.get('/graphiql', (_request, reply) =>
    reply
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(page),
  );
  for (const { name, type, read } of [...files, ...texts]) {
    app.get(`/graphiql/${name}`, (_request, reply) =>
      reply.header('x-content-type-options', 'nosniff').type(`${type}; charset=utf-8`).send(read()),
    );
  }
}
