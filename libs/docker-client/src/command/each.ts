import type { EngineReply } from '../engine-call.ts';
import { ClientError } from './client-error.ts';
import type { CommandCall } from './command.ts';
import { refusalText } from './engine.ts';

/** What the client says of a refusal: that there is no such object, or the engine's own words. */
export const refusalOf = (reply: EngineReply, kind: string, name: string): string =>
  reply.status === 404 ? `Error: No such ${kind}: ${name}` : refusalText(reply);

/**
 * Removes each that a line names and prints its name; what went wrong is told together at the end.
 *
 * @param remove what the engine answered to the request
 * @throws ClientError
 */
export const removeEach = (
  { out, words }: CommandCall,
  kind: string,
  remove: (name: string) => EngineReply,
): void => {
  const problems: string[] = [];
  for (const name of words) {
    const reply = remove(name);
    if (reply.status < 400) out.line(name);
    else problems.push(refusalOf(reply, kind, name));
  }
  if (problems.length > 0) throw new ClientError(problems.join('\n'));
};
