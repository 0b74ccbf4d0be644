import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HijackedStream } from './hijack.ts';
import { Terminal } from './terminal.ts';

/** A stream that stands in for a socket: what is typed goes in, what is shown comes out. */
const typing = () => {
  const socket = new PassThrough();
  let shown = '';
  const face = Object.assign(socket, {
    setTimeout: () => face,
    setNoDelay: () => face,
    write: (bytes: Buffer) => {
      shown += bytes.toString();
      return true;
    },
  });
  const stream = new HijackedStream(face as unknown as Socket, true);
  const lines: string[] = [];
  const terminal = new Terminal(
    stream,
    () => '# ',
    (line, interrupted) => {
      lines.push(line);
      const exited = line === 'exit' ? 0 : null;
      if (line !== 'sleep') return Promise.resolve({ exited });
      return new Promise((resolve) => {
        interrupted.addEventListener('abort', () => resolve({ exited }));
      });
    },
  );
  const ended = terminal.serve();
  const type = async (text: string): Promise<void> => {
    face.emit('data', Buffer.from(text));
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  };
  return { type, ended, lines, shown: () => shown, leave: () => face.destroy() };
};

describe('a terminal', () => {
  it('echoes what is typed and lets it be edited', async () => {
    const { type, lines, shown } = typing();
    await type('lx\u007fs\r');
    expect(lines).toEqual(['ls']);
    expect(shown()).toBe('# lx\b \bs\r\n# ');
  });

  it('gives earlier lines back', async () => {
    const { type, lines } = typing();
    await type('one\rtwo\r');
    await type('\u001b[A\u001b[A\r');
    expect(lines).toEqual(['one', 'two', 'one']);
  });

  it('drops a line at Ctrl-C and interrupts one that runs', async () => {
    const { type, lines, shown } = typing();
    await type('half\u0003');
    await type('sleep\r');
    await type('\u0003');
    await type('ls\r');
    expect(lines).toEqual(['sleep', 'ls']);
    expect(shown()).toContain('half^C\r\n# ');
  });

  it('keeps what is typed while a line runs for afterwards', async () => {
    const { type, lines } = typing();
    await type('sleep\r');
    await type('ls\r');
    expect(lines).toEqual(['sleep']);
    await type('\u0003');
    await type('pwd\r');
    expect(lines).toEqual(['sleep', 'pwd']);
  });

  it('ends at exit, at Ctrl-D on an empty line, and when the client leaves', async () => {
    const byExit = typing();
    await byExit.type('exit\r');
    expect(await byExit.ended).toBe(0);
    const byKey = typing();
    await byKey.type('x\u0004\u007f\u0004');
    expect(await byKey.ended).toBe(0);
    const byLeaving = typing();
    byLeaving.leave();
    expect(await byLeaving.ended).toBeNull();
  });
});
