/** What of a URL decides where a request goes. */
export type Target = {
  readonly scheme: string;
  readonly host: string;
  /** Host and port as they were written. */
  readonly authority: string;
  readonly port: number;
  /** With query, as it is sent. */
  readonly path: string;
};

const ports: Readonly<Record<string, number>> = { http: 80, https: 443 };
const portMax = 65_535;

/** @returns `null` for what is no URL; a missing scheme is `http` */
export const parseTarget = (text: string): Target | null => {
  const pattern =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?(.*)$/i;
  const [, scheme = 'http', host = '', port = '', rest = ''] = pattern.exec(text) ?? [];
  if (host === '') return null;
  const known = scheme.toLowerCase();
  const number = port === '' ? (ports[known] ?? 80) : Number(port);
  if (number < 1 || number > portMax) return null;
  const [bare = ''] = rest.split('#', 1);
  const path = bare.startsWith('/') ? bare : `/${bare}`;
  const authority = port === '' ? host : `${host}:${port}`;
  return { scheme: known, host: host.replace(/^\[|\]$/g, ''), authority, port: number, path };
};
