import { contentType } from '@netfold/dataplane';
import type { HttpReply } from '@netfold/dataplane';
import type { Target } from './url.ts';

/** What `-w` can tell of a transfer; how long something took is not simulated. */
export type Transferred = {
  /** `null`: what was asked for is no URL. */
  readonly target: Target | null;
  readonly method: string;
  readonly reply: HttpReply | null;
  /** The connection that the reply came by; `null`: none stood. */
  readonly connection: Connection | null;
  readonly exitCode: number;
  /** Empty where nothing went wrong. */
  readonly problem: string;
};

/** Both ends, as addresses. */
export type Connection = { readonly local: string; readonly remote: string };

const variablesOf = (of: Transferred): Readonly<Record<string, string>> => {
  const { target, reply, connection } = of;
  const status = String(reply?.status ?? 0).padStart(3, '0');
  return {
    http_code: status,
    response_code: status,
    size_download: String(reply?.body.length ?? 0),
    remote_ip: connection?.remote ?? '',
    remote_port: String((connection && target?.port) ?? 0),
    local_ip: connection?.local ?? '',
    num_connects: connection === null ? '0' : '1',
    num_redirects: '0',
    scheme: connection === null ? '' : 'HTTP',
    method: of.method,
    http_version: reply === null ? '0' : '1.1',
    content_type: reply === null ? '' : contentType(reply, target?.path ?? '/'),
    url_effective: target === null ? '' : `${target.scheme}://${target.authority}${target.path}`,
    exitcode: String(of.exitCode),
    errormsg: of.problem,
  };
};

/**
 * The text of `-w`: variables of the transfer, and escapes.
 *
 * @source curl 7.88.1 src/tool_writeout.c; recorded
 */
export const writeOut = (format: string, transferred: Transferred): string => {
  const variables = variablesOf(transferred);
  return format
    .replace(/%%|%\{(\w+)\}/g, (_whole, name?: string) =>
      name === undefined ? '%' : (variables[name] ?? ''),
    )
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll(String.raw`\t`, '\t');
};
