import http from 'node:http';

/** Headers in the order and spelling of the wire. */
type RawHeaders = [name: string, value: string][];

/** One answer of an engine's HTTP API; `body` is its text as it came. */
export type RawResponse = { status: number; reason: string; headers: RawHeaders; body: string };

/** One request to an engine; `path` holds the API version, if any, and the query. */
export type RawRequest = { method: string; path: string; body?: unknown };

/** `unix:///path` or `tcp://host:port` as what `node:http` wants. */
export function socketOf(
  endpoint: string,
): { socketPath: string } | { host: string; port: number } {
  const url = new URL(endpoint);
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  if (url.protocol === 'tcp:') return { host: url.hostname, port: Number(url.port) };
  throw new Error(`an endpoint begins with unix:// or tcp://, not ${endpoint}`);
}

/** Asks the engine at `endpoint` and gives its answer whole. */
export function askEngine(endpoint: string, request: RawRequest): Promise<RawResponse> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const options = { ...socketOf(endpoint), path: request.path, method: request.method, headers };
  return new Promise((resolve, reject) => {
    const sent = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          headers: pairs(response.rawHeaders),
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The parsed body of a GET that must succeed. */
export async function readEngine<Body>(endpoint: string, path: string): Promise<Body> {
  const response = await askEngine(endpoint, { method: 'GET', path });
  if (response.status !== 200) throw new Error(`GET ${path}: ${response.status} ${response.body}`);
  return JSON.parse(response.body) as Body;
}

function pairs(flat: readonly string[]): RawHeaders {
  const result: RawHeaders = [];
  for (let i = 0; i + 1 < flat.length; i += 2) result.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return result;
}
