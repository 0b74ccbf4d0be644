import type { ListenerSpec } from '@netfold/contracts';
import { headLines } from './http-head.ts';
import type { HttpReply } from './http-head.ts';
import type { Service } from './listening.ts';
import type { Trace } from './packet-walk.ts';

/** What a program sends on a connection. `hasEnded`: then it closes it. */
export type Reply = { readonly text: string; readonly hasEnded: boolean };

const silence: Reply = { text: '', hasEnded: false };

/** Answers one HTTP request at the end of a trace; `null`: what listens there speaks no HTTP. */
export function httpReply(trace: Trace, path: string): HttpReply | null {
  const { service, seenSource } = trace;
  if (service?.kind === 'outside') {
    const body = path === '/ip' ? `${seenSource}\n` : 'hello from outside\n';
    return { status: 200, body };
  }
  if (service?.kind !== 'container' || service.isPaused) return null;
  const pages = service.answers?.http;
  if (pages === undefined) return null;
  const [bare = '/'] = path.split(/[?#]/);
  const file = service.served[bare];
  if (file !== undefined) return { status: 200, body: file };
  const page = pages[bare] ?? (bare === '/index.html' ? pages['/'] : undefined);
  if (page === undefined && service.listsFolders) return listed(service.served, bare);
  if (page === undefined) return { status: 404, body: notFoundPage };
  return { status: 200, body: withNewline(pageText(page, service.hostname)) };
}

/** A folder as Python shows it. @source CPython 3.11 Lib/http/server.py list_directory */
function listed(served: Readonly<Record<string, string>>, asked: string): HttpReply {
  const inside = Object.keys(served).filter((path) => path.startsWith(asked) && path !== asked);
  const isFolder = asked === '/' || (asked.endsWith('/') && inside.length > 0);
  if (!isFolder) return { status: 404, body: pythonNotFoundPage };
  const names = inside.map((path) => /^[^/]+\/?/.exec(path.slice(asked.length))?.[0] ?? '');
  const links = [...new Set(names)]
    .toSorted()
    .map((name) => `<li><a href="${name}">${name}</a></li>\n`);
  const title = `Directory listing for ${asked}`;
  const body =
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n` +
    `</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${links.join('')}</ul>\n<hr>\n` +
    '</body>\n</html>\n';
  return { status: 200, body };
}

const pythonNotFoundPage =
  '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n' +
  '        <title>Error response</title>\n    </head>\n    <body>\n' +
  '        <h1>Error response</h1>\n        <p>Error code: 404</p>\n' +
  '        <p>Message: File not found.</p>\n' +
  '        <p>Error code explanation: 404 - Nothing matches the given URI.</p>\n' +
  '    </body>\n</html>\n';

/** The hostname may be asked for as `{hostname}` or in the words that catalogues use. */
const hostnameWords = /^the container's hostname\b/;

const pageText = (page: string, hostname: string): string =>
  hostnameWords.test(page) ? hostname : page.replaceAll('{hostname}', hostname);

const notFoundPage =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\n' +
  'The requested URL was not found\n</BODY></HTML>\n';

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** What comes back on a plain connection (or for a datagram) that `sent` was written to. */
export function replyTo(trace: Trace, sent: string): Reply {
  const { service } = trace;
  if (service === null) return silence;
  if (service.kind === 'outside') return outsideReply(trace, sent);
  if (service.kind !== 'container' || service.isPaused || service.answers === null) return silence;
  return listenerReply(trace, service, service.answers, sent);
}

function outsideReply(trace: Trace, sent: string): Reply {
  if (isHttpRequest(sent)) return httpText(trace, sent);
  return sent === '' ? silence : { text: `${trace.seenSource}\n`, hasEnded: false };
}

type Container = Extract<Service, { kind: 'container' }>;

function listenerReply(
  trace: Trace,
  service: Container,
  answers: ListenerSpec,
  sent: string,
): Reply {
  const { banner = '', then, reply, http } = answers;
  if (http !== undefined) {
    if (isHttpRequest(sent)) return httpText(trace, sent);
    return sent === '' ? silence : { text: replyText(badRequest, '/', true), hasEnded: true };
  }
  const greeting = banner.replaceAll('{hostname}', service.hostname);
  if (then === 'close') return { text: greeting, hasEnded: true };
  if (reply === undefined) return { text: greeting, hasEnded: false };
  if (/\becho/.test(reply)) return { text: greeting + sent, hasEnded: false };
  if (!reply.includes('+PONG')) return { text: greeting, hasEnded: false };
  const lines = sent.split('\n').filter((line) => line.trim() !== '');
  const end = lines.findIndex((line) => /^quit\b/i.test(line));
  const heard = end < 0 ? lines : lines.slice(0, end);
  const text = heard.map(redisAnswer).join('');
  return { text: greeting + text, hasEnded: sent !== '' };
}

const redisAnswer = (line: string): string =>
  /^ping\b/i.test(line.trim()) ? '+PONG\n' : '-ERR unknown command\n';

const isHttpRequest = (text: string): boolean => /^(?:GET|HEAD|POST) \S+/.test(text);

function httpText(trace: Trace, sent: string): Reply {
  const path = sent.split(/\s+/, 2)[1] ?? '/';
  const reply = httpReply(trace, path);
  if (reply === null) return silence;
  return { text: replyText(reply, path, !sent.startsWith('HEAD')), hasEnded: true };
}

const replyText = (reply: HttpReply, path: string, hasBody: boolean): string =>
  [...headLines(reply, path, null), '', hasBody ? reply.body : ''].join('\r\n');

/** What is no request. @source recorded with BusyBox's httpd */
const badRequest: HttpReply = {
  status: 400,
  body:
    '<HTML><HEAD><TITLE>400 Bad Request</TITLE></HEAD>\n<BODY><H1>400 Bad Request</H1>\n' +
    'Unsupported method\n</BODY></HTML>\n',
};
