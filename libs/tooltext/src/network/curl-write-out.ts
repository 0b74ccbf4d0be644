import type { HttpReply } from '@netfold/dataplane';

/** What `-w` can tell of a transfer. */
export type Transferred = {
  readonly reply: HttpReply | null;
  /** The connection that the reply came by; `null`: none stood. */
  readonly connection: Connection | null;
  readonly exitCode: number;
  /** Empty where nothing went wrong. */
  readonly problem: string;
};

/** Both ends, as addresses. */
export type Connection = {
  readonly local: string;
  readonly remote: string;
  readonly port: number;
};

const variablesOf = ({
  reply,
  connection,
  exitCode,
  problem,
}: Transferred): Readonly<Record<string, string>> => {
  const status = String(reply?.status ?? 0).padStart(3, '0');
  return {
    http_code: status,
    response_code: status,
    size_download: String(reply?.body.length ?? 0),
    remote_ip: connection?.remote ?? '',
    remote_port: String(connection?.port ?? 0),
    local_ip: connection?.local ?? '',
    num_connects: connection === null ? '0' : '1',
    scheme: connection === null ? '' : 'HTTP',
    http_version: reply === null ? '0' : '1.1',
    content_type: reply === null ? '' : 'text/html',
    exitcode: String(exitCode),
    errormsg: problem,
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
    .replace(/%%|%\{(\w+)\}/g, (whole, name?: string) =>
      name === undefined ? '%' : (variables[name] ?? ''),
    )
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll(String.raw`\t`, '\t');
};
