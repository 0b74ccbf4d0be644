type JsonMessage = {
  readonly stream?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly progress?: string;
  readonly id?: string;
  readonly from?: string;
  readonly errorDetail?: { readonly code?: number; readonly message?: string };
  readonly aux?: unknown;
};

/** What ended a stream. */
type StreamFailure = { readonly message: string; readonly code: number };

/**
 * What a stream of progress prints where there is no terminal: bars are left out.
 *
 * @source docker/cli v20.10 vendor/github.com/docker/docker/pkg/jsonmessage/jsonmessage.go
 */
export const readJsonMessages = (
  stream: string,
): { readonly text: string; readonly failure: StreamFailure | null } => {
  let text = '';
  // What stands behind the last newline was cut off.
  for (const line of stream.split('\n').slice(0, -1)) {
    if (line.trim() === '') continue;
    const message = JSON.parse(line) as JsonMessage;
    if (message.aux !== undefined) continue;
    if (message.errorDetail !== undefined) return { text, failure: failureOf(message) };
    text += printed(message);
  }
  return { text, failure: null };
};

const failureOf = ({ errorDetail = {} }: JsonMessage): StreamFailure => {
  const { code = 0, message = '' } = errorDetail;
  return code === 401 ? { message: 'authentication is required', code: 1 } : { message, code };
};

const printed = (message: JsonMessage): string => {
  const { stream = '', status = '', progressDetail, progress = '', id = '', from = '' } = message;
  const { current = 0, total = 0 } = progressDetail ?? {};
  if (current > 0 || total > 0) return '';
  const head = `${id === '' ? '' : `${id}: `}${from === '' ? '' : `(from ${from}) `}`;
  if (progress !== '') return `${head}${status} ${progress}`;
  return stream === '' ? `${head}${status}\n` : `${head}${stream}`;
};
