import { headLines } from '@netfold/dataplane';
import type { HttpReply } from '@netfold/dataplane';
import type { Options } from './options.ts';
import type { Target } from './url.ts';

const shown = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** `curl -v` of one address that was tried. @source curl 7.88.1 lib/connect.c */
export const tried = (address: string, port: number, problem: string | null): string => {
  const start = `*   Trying ${shown(address)}:${port}...\n`;
  return problem === null
    ? start
    : `${start}* connect to ${address} port ${port} failed: ${problem}\n`;
};

export const methodOf = ({ values }: Options): string =>
  values.get('X') ?? (values.has('I') ? 'HEAD' : values.has('d') ? 'POST' : 'GET');

/** The request, once it is connected. */
export const requested = (
  { host, authority, port, path }: Target,
  address: string,
  options: Options,
): string => {
  const { values } = options;
  const agent = values.get('A') ?? 'curl/7.88.1';
  const data = values.get('d');
  const sent = [
    `${methodOf(options)} ${path} HTTP/1.1`,
    `Host: ${authority}`,
    `User-Agent: ${agent}`,
    'Accept: */*',
    ...(values.has('H') ? [values.get('H') ?? ''] : []),
    ...(data === undefined
      ? []
      : [`Content-Length: ${data.length}`, 'Content-Type: application/x-www-form-urlencoded']),
    '',
  ];
  const connected = `* Connected to ${host} (${address}) port ${port} (#0)\n`;
  return connected + sent.map((line) => `> ${line}\r\n`).join('');
};

/** The head of the answer. */
export const answered = (reply: HttpReply, target: Target, now: number): string =>
  [...headLines(reply, target.path, now), ''].map((line) => `< ${line}\r\n`).join('');

export const received = (bytes: number): string => `{ [${bytes} bytes data]\n`;

export const closing = '* Closing connection 0\n';
