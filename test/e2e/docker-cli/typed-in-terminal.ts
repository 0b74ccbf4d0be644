/**
 * A program for `python3 -c`: runs its arguments on a terminal, types the lines of its input, each
 * after a prompt, and ends as they do.
 */
export const typedInTerminal = `
import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
seen = b''
def until(text):
    global seen
    end = time.time() + 20
    while text not in seen:
        if time.time() > end: raise SystemExit('waited in vain for %r in %r' % (text, seen))
        try: seen += os.read(fd, 4096)
        except OSError: break
until(b'# ')
for line in sys.stdin.read().splitlines():
    before = seen.count(b'# ')
    os.write(fd, line.encode() + b'\\r')
    if line.startswith('exit'): break
    while seen.count(b'# ') == before: seen += os.read(fd, 4096)
while True:
    try: piece = os.read(fd, 4096)
    except OSError: break
    if not piece: break
    seen += piece
_, status = os.waitpid(pid, 0)
sys.stdout.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(status))
`;
