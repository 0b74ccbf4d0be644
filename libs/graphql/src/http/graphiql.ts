import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const find = createRequire(import.meta.url).resolve;
/** The package lets in no file by name but its entries; the script stands beside them. */
const socketClient = join(dirname(find('graphql-ws')), '../umd/graphql-ws.min.js');

/** What the page is made of, all from packages: it works without the internet. */
const assets: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  'react.js': { file: 'react/umd/react.production.min.js', type: 'text/javascript' },
  'react-dom.js': { file: 'react-dom/umd/react-dom.production.min.js', type: 'text/javascript' },
  'graphiql.js': { file: 'graphiql/graphiql.min.js', type: 'text/javascript' },
  'graphiql.css': { file: 'graphiql/graphiql.min.css', type: 'text/css' },
  'graphql-ws.js': { file: socketClient, type: 'text/javascript' },
};

/** The token stands in the fragment of the address or is asked for; it never reaches the server. */
const start = `
const key = 'netfold-token';
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) { sessionStorage.setItem(key, given); history.replaceState(null, '', location.pathname); }
let token = sessionStorage.getItem(key);
if (!token) {
  token = (prompt('Your token, from the file \\u201ctoken\\u201d in the data folder:') || '').trim();
  if (token) sessionStorage.setItem(key, token);
}
const authorization = 'Bearer ' + token;
const url = location.origin + '/graphql';
const wsClient = graphqlWs.createClient({
  url: url.replace(/^http/, 'ws'), lazy: true, connectionParams: { authorization },
});
const fetcher = GraphiQL.createFetcher({ url, headers: { authorization }, wsClient });
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery: '{ labs(first: 10) { nodes { name } } }\\n' }),
);
`;

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Netfold GraphiQL</title>
<link rel="stylesheet" href="/graphiql/graphiql.css"><link rel="stylesheet" href="/graphiql/page.css">
</head><body><div id="graphiql">Loading…</div>
<script src="/graphiql/react.js"></script><script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script><script src="/graphiql/graphql-ws.js"></script>
<script src="/graphiql/start.js"></script></body></html>
`;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:;" +
  " img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none';" +
  " form-action 'none'; frame-ancestors 'none'";

/** GraphiQL for the local mode, at `/graphiql`. The page itself tells nothing of anybody. */
export async function graphiqlFace(app: FastifyInstance): Promise<void> {
  const own = {
    'start.js': { text: start, type: 'text/javascript' },
    'page.css': { text: 'body{margin:0}#graphiql{height:100dvh}', type: 'text/css' },
  };
  const files = Object.entries(assets).map(([name, { file, type }]) => ({
    ...{ name, type },
    read: () => readFileSync(find(file), 'utf8'),
  }));
  const texts = Object.entries(own).map(([name, { text, type }]) => ({ name, type, read: () => text }));
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
      reply
        .header('x-content-type-options', 'nosniff')
        .type(`${type}; charset=utf-8`)
        .send(read()),
    );
  }
}
