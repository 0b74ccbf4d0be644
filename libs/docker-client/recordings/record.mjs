#!/usr/bin/env node
// Records what the genuine client asks an engine and what it prints.
//
//   NETFOLD_URL=... NETFOLD_TOKEN=... node recordings/record.mjs SESSION.txt /usr/bin/docker
//
// writes SESSION.json beside SESSION.txt. Each line of a session is one call of the client, played
// in order in a new lab of a running Netfold:
//
//   # a comment
//   docker run -d --name web nginx
//   docker inspect {out}                      {out}: what the line before printed, trimmed
//   docker build -q - <<< "FROM alpine\n"     what stands on its stdin; \n is a newline
//   FOO=bar docker run -e FOO alpine env      a variable of its environment
//   sleep 2                                   seconds that nothing is typed
//   quiet docker pull nginx                   played, not recorded
//   file a.env A=1\nB=2                       writes a file where the client is started
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [sessionFile, client = '/usr/bin/docker'] = process.argv.slice(2);
const netfold = fileURLToPath(new URL('../../../node_modules/.bin/netfold', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netfold-record-'));
const lab = `rec-${process.pid}`;
const lineSecondsMax = 60;

let exchanges = [];
const files = {};
const made = spawnSync(netfold, ['lab', 'create', lab, '--hosts', 'h1,h2', '--print-endpoints'], {
  encoding: 'utf8',
});
if (made.status !== 0) throw new Error(made.stderr);
const endpointOf = (host) => new RegExp(`^${host} docker=unix://(.*)$`, 'm').exec(made.stdout)[1];
const engine = { socketPath: endpointOf('h1') };
const tap = join(folder, 'tap.sock');
const server = createServer((request, response) => {
  // A client that gives up in the middle of a request is an answer of its own.
  pass(request, response).catch(() => response.destroy());
}).on('upgrade', passRaw);
await new Promise((resolve) => server.listen(tap, resolve));
try {
  const recorded = [];
  let out = '';
  for (const line of readFileSync(sessionFile, 'utf8').split('\n')) {
    const text = line.replaceAll('{out}', () => out.trim());
    const [word] = text.trim().split(/\s/);
    if (word === '' || word.startsWith('#')) continue;
    if (word === 'sleep') {
      await new Promise((resolve) =>
        setTimeout(resolve, Number(text.trim().split(/\s+/)[1]) * 1000),
      );
      continue;
    }
    if (word === 'file') {
      const [, name, content] = /^\s*file\s+(\S+)\s(.*)$/.exec(text);
      files[name] = content.replaceAll('\\n', '\n');
      writeFileSync(join(folder, name), files[name]);
      continue;
    }
    const isKept = word !== 'quiet';
    const played = await play(wordsOf(isKept ? text : text.trim().slice('quiet'.length)));
    out = played.stdout;
    if (isKept) recorded.push(played);
  }
  const target = sessionFile.replace(/\.txt$/, '.json');
  writeFileSync(target, `${JSON.stringify(recorded, null, 1)}\n`);
  process.stdout.write(`${target}: ${recorded.length} lines\n`);
} finally {
  server.closeAllConnections();
  server.close();
  spawnSync(netfold, ['lab', 'rm', lab]);
  rmSync(folder, { recursive: true });
}

/** Words as a shell reads them: quotes and backslashes, nothing else. */
function wordsOf(text) {
  const words = [];
  const pattern = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/gs;
  for (const [, word] of text.matchAll(pattern)) {
    words.push(
      word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, (_, single, double, escaped) => {
        if (single !== undefined) return single;
        if (escaped !== undefined) return escaped;
        return double.replaceAll(/\\(["\\$`])/g, '$1');
      }),
    );
  }
  return words;
}

async function play(words) {
  const environment = {};
  const argv = [...words];
  while (/^[A-Z_]+=/.test(argv[0])) {
    const [name, ...value] = argv.shift().split('=');
    environment[name] = value.join('=');
  }
  if (argv.shift() !== 'docker') throw new Error(`no line of docker: ${words.join(' ')}`);
  const at = argv.indexOf('<<<');
  const stdin = at < 0 ? '' : argv.splice(at)[1].replaceAll('\\n', '\n');
  exchanges = [];
  // A file that the client writes has a time of whole seconds: the line begins early in one.
  const lateMs = Date.now() % 1000;
  if (stdin !== '' && lateMs > 500) await new Promise((done) => setTimeout(done, 1000 - lateMs));
  const now = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(client, argv, {
      cwd: folder,
      env: {
        PATH: '/usr/bin:/bin',
        HOME: '/root',
        // Help names the folder of a user's settings; whatever else would write there has its own.
        ...(isAboutItself(argv) ? {} : { DOCKER_CONFIG: folder }),
        DOCKER_HOST: `unix://${tap}`,
        DOCKER_BUILDKIT: '0',
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (part) => (texts[name] += part));
    child.stdin.on('error', () => {}).end(stdin);
    const limit = setTimeout(() => child.kill('SIGKILL'), lineSecondsMax * 1000);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(limit);
      if (exitCode === null)
        throw new Error(`killed after ${lineSecondsMax} s: ${words.join(' ')}`);
      resolve({
        argv,
        ...(stdin === '' ? {} : { stdin }),
        ...(Object.keys(environment).length === 0 ? {} : { environment }),
        ...(Object.keys(files).length === 0 ? {} : { files: { ...files } }),
        now,
        exchanges: exchanges.filter(({ path }) => path !== '/_ping'),
        ...texts,
        exitCode,
      });
    });
  });
}

/** Lines that print help, or that cannot be read: nothing is done. */
function isAboutItself(argv) {
  return (
    argv.length === 0 || argv[0].startsWith('-') || argv.some((word) => /^(--)?help$/.test(word))
  );
}

function note(request, body) {
  const exchange = {
    method: request.method,
    path: request.url.replace(/^\/v1\.\d+/, ''),
    ...bodyOf(request, body),
    status: 0,
    text: '',
  };
  exchanges.push(exchange);
  return exchange;
}

function bodyOf(request, body) {
  if (body.length === 0) return {};
  if (!String(request.headers['content-type']).includes('json'))
    return { bytes: body.toString('base64') };
  return { body: JSON.parse(body.toString()) };
}

async function pass(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const exchange = note(request, body);
  const { method, url, headers } = request;
  const onward = ask({ ...engine, method, path: url, headers }, (answer) => {
    exchange.status = answer.statusCode;
    const pathStat = answer.headers['x-docker-container-path-stat'];
    if (pathStat !== undefined) exchange.pathStat = pathStat;
    response.writeHead(answer.statusCode, answer.rawHeaders);
    response.flushHeaders();
    const received = [];
    answer.on('data', (part) => {
      received.push(part);
      response.write(part);
    });
    answer.on('end', () => {
      const bytes = Buffer.concat(received);
      const isStream = /\/logs(\?|$)/.test(url) && answer.statusCode === 200;
      Object.assign(exchange, isStream ? { pieces: piecesOf(bytes) } : { text: bytes.toString() });
      response.end();
    });
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(body);
}

/** Attach and exec: HTTP up to the blank line, bytes behind it. */
function passRaw(request, socket, head) {
  const onward = connect({ path: engine.socketPath, allowHalfOpen: true });
  const { method, url, rawHeaders } = request;
  const fields = [];
  for (let at = 0; at < rawHeaders.length; at += 2)
    fields.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`);
  onward.write(`${method} ${url} HTTP/1.1\r\n${fields.join('')}\r\n`);
  onward.write(head);
  const sent = [head];
  const received = [];
  const exchange = note(request, Buffer.alloc(0));
  socket.on('data', (part) => {
    sent.push(part);
    onward.write(part);
  });
  socket.on('end', () => onward.end());
  onward.on('data', (part) => {
    received.push(part);
    // Noted while it goes on: the client may be gone before the end comes.
    finish();
    socket.write(part);
  });
  const finish = () => {
    const bytes = Buffer.concat(received);
    const at = bytes.indexOf('\r\n\r\n');
    exchange.status = Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? 0);
    const isUpgraded = exchange.status === 101 || exchange.status === 200;
    const rest = bytes.subarray(at + 4);
    Object.assign(exchange, isUpgraded ? { pieces: piecesOf(rest) } : { text: rest.toString() });
    const all = Buffer.concat(sent);
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > 0) exchange.body = JSON.parse(all.subarray(0, length).toString());
    const input = all.subarray(length).toString();
    if (input !== '') exchange.input = input;
  };
  onward.on('end', () => {
    finish();
    socket.end();
  });
  for (const one of [socket, onward]) {
    one.on('error', () => {});
    one.on('close', () => {
      socket.destroy();
      onward.destroy();
    });
  }
}

/** The two streams of a container without a terminal. With one, bytes are what they are. */
function piecesOf(bytes) {
  // Shorter than a frame's head: what a terminal shows.
  if (bytes.length > 0 && bytes.length < 8) return [{ stream: 'stdout', text: bytes.toString() }];
  const pieces = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const isFrame = bytes[at] <= 2 && bytes.readUIntBE(at + 1, 3) === 0;
    if (!isFrame) return [{ stream: 'stdout', text: bytes.toString() }];
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    const stream = bytes[at] === 2 ? 'stderr' : 'stdout';
    pieces.push({ stream, text: bytes.subarray(at + 8, end).toString() });
    at = end;
  }
  return pieces;
}
