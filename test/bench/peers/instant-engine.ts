import { createServer } from 'node:http';
import type { EngineAnswer } from '../netfold/engine-client.ts';

/** What is answered, by path, on a unix socket: no engine can answer sooner. */
const { socketPath, answers } = JSON.parse(process.argv[2] ?? '') as {
  readonly socketPath: string;
  readonly answers: Readonly<Record<string, EngineAnswer>>;
};

const server = createServer((request, response) => {
  const answer = answers[request.url ?? ''];
  if (answer === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(request.method === 'HEAD' ? '' : answer.text);
});

server.listen(socketPath, () => process.stdout.write('port 0\n'));
process.on('SIGTERM', () => process.exit(0));
