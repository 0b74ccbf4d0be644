/** One request to an engine's HTTP API. `${NAME}` stands for the id saved under that name. */
export type EngineStep = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** A value is sent as JSON, a text as it stands. */
  readonly body?: unknown;
  /** Each letter of the body is one byte: for what is no UTF-8. */
  readonly isLatin1?: true;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps the `Id` of the answer for later steps. */
  readonly saveId?: string;
};

/** Requests in order, on an engine that has nothing but its own networks and images. */
export type EngineCase = {
  /** Number in the project's list of hostile inputs. */
  readonly input: number;
  readonly title: string;
  readonly steps: readonly EngineStep[];
};

const version = '/v1.41';

export const get = (path: string): EngineStep => ({ method: 'GET', path: `${version}${path}` });

export const post = (path: string, body?: unknown): EngineStep => ({
  method: 'POST',
  path: `${version}${path}`,
  ...(body === undefined ? {} : { body }),
});

export const remove = (path: string): EngineStep => ({
  method: 'DELETE',
  path: `${version}${path}`,
});

export const network = (name: string, more: object = {}): EngineStep =>
  post('/networks/create', { Name: name, CheckDuplicate: true, Driver: 'bridge', ...more });

export const subnetted = (name: string, pools: readonly object[], more: object = {}): EngineStep =>
  network(name, { IPAM: { Driver: 'default', Config: pools }, ...more });

export const container = (
  name: string,
  mode = 'default',
  { host = {}, ...more }: { readonly host?: object; readonly [key: string]: unknown } = {},
): EngineStep =>
  post(`/containers/create?name=${encodeURIComponent(name)}`, {
    Image: 'alpine',
    Cmd: ['sleep', '1d'],
    HostConfig: { NetworkMode: mode, ...host },
    ...more,
  });

export const start = (name: string): EngineStep => post(`/containers/${name}/start`);

export const connect = (name: string, joiner: string, endpoint?: object): EngineStep =>
  post(`/networks/${name}/connect`, { Container: joiner, EndpointConfig: endpoint ?? null });

export const disconnect = (name: string, member: string): EngineStep =>
  post(`/networks/${name}/disconnect`, { Container: member });

/** One case for each of several values of one input. */
export const each = <Value>(
  input: number,
  values: readonly Value[],
  of: (value: Value, index: number) => readonly EngineStep[],
  about = '',
): EngineCase[] =>
  values.map((value, index) => ({
    input,
    title: `${about}${titleOf(value)}`,
    steps: of(value, index),
  }));

const titleLengthMax = 60;

const titleOf = (value: unknown): string => {
  const text = JSON.stringify(value).replaceAll(
    /[^ -~]/gu,
    (letter) => `\\u{${letter.codePointAt(0)?.toString(16) ?? ''}}`,
  );
  return text.length <= titleLengthMax
    ? text
    : `${text.slice(0, titleLengthMax)}… of ${text.length}`;
};
