import type { OutputChunk } from '@netfold/contracts';
import { isLogReadable, logConfigOf, logStartProblem, printedOutput } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { goTime } from '../http/go-time.ts';
import { boolValue } from '../http/request.ts';
import { goneSignal } from '../stream/commits.ts';
import { frame } from '../stream/hijack.ts';
import { openEndlessStream, writePiece } from '../stream/open-streams.ts';
import { printedAfter } from './printing.ts';

type Line = { readonly stream: 'stdout' | 'stderr'; readonly text: string; readonly at: number };

const linesOf = (chunks: readonly OutputChunk[]): Line[] =>
  chunks.flatMap(({ stream, text, at }) =>
    (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => ({ stream, text: line, at })),
  );

/** Labels and variables that its log options name. @source moby/moby api/server/httputils */
const detailsOf = ({ spec }: Container): string => {
  const { options } = logConfigOf(spec.passThrough.hostConfig['LogConfig']);
  const named = (option: string): readonly string[] => (options[option] ?? '').split(',');
  const labels = Object.entries(spec.labels).filter(([name]) => named('labels').includes(name));
  const variables = spec.environment
    .map((one) => one.split(/=(.*)/s))
    .filter(([name = '']) => named('env').includes(name));
  return [...labels, ...variables.map(([name = '', value = '']) => [name, value] as const)]
    .map((pair) => pair.map((part) => encodeURIComponent(part).replaceAll('%20', '+')).join('='))
    .toSorted()
    .join(',');
};

/** Seconds with a fraction, as the client sends an instant; 0 for none. */
const instant = (text: string | null): number => Number(text ?? '0') * 1000 || 0;

const selected = (call: Call, lines: readonly Line[]): readonly Line[] => {
  const since = instant(call.query.get('since'));
  const until = instant(call.query.get('until'));
  const wanted = {
    stdout: boolValue(call.query, 'stdout'),
    stderr: boolValue(call.query, 'stderr'),
  };
  return lines.filter(
    (line) => wanted[line.stream] && line.at >= since && (until === 0 || line.at <= until),
  );
};

const lastOf = (call: Call, lines: readonly Line[]): readonly Line[] => {
  const tail = call.query.get('tail') ?? 'all';
  const count = Number(tail);
  if (tail === 'all' || tail === '' || Number.isNaN(count) || count < 0) return lines;
  return count === 0 ? [] : lines.slice(-count);
};

const write = (call: Call, container: Container, lines: readonly Line[]): void => {
  const hasTimes = boolValue(call.query, 'timestamps');
  const details = boolValue(call.query, 'details') ? `${detailsOf(container)} ` : '';
  for (const line of lines) {
    const text = `${hasTimes ? `${goTime(line.at)} ` : ''}${details}${line.text}`;
    writePiece(call.response, container.spec.tty ? text : frame(line.stream, text));
  }
};

/** `GET /containers/{id}/logs`: what the main process printed; `follow` ends with its run. */
export const logs = async (call: Call): Promise<void> => {
  if (!boolValue(call.query, 'stdout') && !boolValue(call.query, 'stderr')) {
    throw new EngineError(
      'invalidParameter',
      'Bad parameters: you must choose at least one stream',
    );
  }
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  const unreadable = logStartProblem(container.spec);
  if (unreadable !== null) throw new EngineError('internal', unreadable);
  if (!isLogReadable(container.spec)) {
    const message = 'configured logging driver does not support reading';
    throw new EngineError('notImplemented', message);
  }
  const signal = goneSignal(call.response);
  openEndlessStream(call, 'application/octet-stream', (message) =>
    container.spec.tty
      ? `${message}
`
      : frame(
          'stderr',
          `${message}
`,
        ),
  );
  const now = call.context.clock();
  write(call, container, lastOf(call, selected(call, linesOf(printedOutput(container, now)))));
  const isUp = container.status === 'running' || container.status === 'paused';
  if (boolValue(call.query, 'follow') && isUp) {
    const from = { container, version: seen.version, now };
    for await (const chunks of printedAfter(call.context, from, signal)) {
      write(call, container, selected(call, linesOf(chunks)));
    }
  }
  call.response.end();
};
