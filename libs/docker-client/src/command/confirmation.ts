import type { CommandCall } from './command.ts';

/**
 * Asks before something is lost; the answer stands on stdin.
 * @source docker/cli v20.10 cli/command/utils.go PromptForConfirmation
 */
export const isConfirmed = ({ out, stdin }: CommandCall, question: string): boolean => {
  out.print(`${question} [y/N] `);
  const [answer = ''] = stdin.text.split('\n', 1);
  return answer.replace(/\r$/, '').toLowerCase() === 'y';
};
