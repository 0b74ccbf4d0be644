/** The answer to a HTTP request. */
export type HttpReply = { readonly status: number; readonly body: string };

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  html: 'text/html',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  png: 'image/png',
  txt: 'text/plain',
};

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
};

export const reasonOf = (status: number): string => reasons[status] ?? '';

/** By the end of the name that was asked for; empty: the server tells none. */
export const contentType = ({ status }: HttpReply, path: string): string => {
  const [bare = ''] = path.split(/[?#]/, 1);
  if (status !== 200 || bare.endsWith('/')) return 'text/html';
  const ending = /\.([a-z0-9]+)$/i.exec(bare)?.[1]?.toLowerCase();
  return types[ending ?? ''] ?? '';
};

/**
 * The status line and the headers of a reply, without their line ends: a small web server's.
 *
 * @param now  the lab's clock, milliseconds since the epoch; `null`: it tells no date
 * @source recorded with BusyBox's httpd, which tells less of a page that is not there
 */
export const headLines = (
  reply: HttpReply,
  path: string,
  now: number | null,
): readonly string[] => {
  const isThere = reply.status === 200;
  const type = contentType(reply, path);
  return [
    `HTTP/1.1 ${reply.status} ${reasonOf(reply.status)}`,
    ...(now === null ? [] : [`Date: ${new Date(now).toUTCString()}`]),
    'Connection: close',
    ...(type === '' ? [] : [`Content-type: ${type}`]),
    ...(isThere ? ['Accept-Ranges: bytes', `Content-Length: ${reply.body.length}`] : []),
  ];
};
