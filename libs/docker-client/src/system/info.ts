import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalText } from '../command/engine.ts';
import { parsedTemplate } from '../format/list.ts';
import { encoded, decoded } from '../template/go-json.ts';
import { serverLines, serverWarnings } from './server-info.ts';
import type { ServerInfo } from './server-info.ts';

const malformedExitCode = 64;

const clientInfo = { Debug: false, Context: 'default', Plugins: [], Warnings: null };

/** @source docker/cli v20.10 cli/command/system/info.go */
export const info: Command = {
  words: noWords,
  run: (call) => {
    const reply = call.engine.reply({ method: 'GET', path: '/info' });
    const problem = reply.status < 400 ? null : refusalText(reply);
    const format = call.flags.text('format');
    if (format !== '') return printFormatted(call, format, { text: reply.text, problem });
    call.out.print('Client:\n Context:    default\n Debug Mode: false\n\nServer:\n');
    if (problem === null) {
      const server = JSON.parse(reply.text) as ServerInfo;
      const { lines, problem: mistake } = serverLines(server);
      call.out.print(lines.map((line) => `${line}\n`).join(''));
      for (const warning of serverWarnings(server)) call.out.warn(warning);
      if (mistake === null) return;
      call.out.line(`ERROR: ${mistake}`);
    } else {
      call.out.line(`ERROR: ${problem}`);
    }
    throw new ClientError('errors pretty printing info');
  },
};

type Told = { readonly text: string; readonly problem: string | null };

const printFormatted = ({ out }: CommandCall, format: string, { text, problem }: Told): void => {
  const template = parsedTemplate(format, 'template parsing error', malformedExitCode);
  const server = problem === null ? encoded(decoded(text, 'types.Info'), false).slice(1, -1) : '';
  const members = [
    ...(server === '' ? [] : [server]),
    ...(problem === null ? [] : [`"ServerErrors":${JSON.stringify([problem])}`]),
    `"ClientInfo":${JSON.stringify(clientInfo)}`,
  ];
  const printed = template.printed(decoded(`{${members.join(',')}}`, 'system.info'));
  out.print(`${printed.text}\n`);
  if (printed.problem !== null) throw new ClientError(printed.problem);
};
