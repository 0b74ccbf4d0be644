import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';
import type { EngineCall } from '../engine-call.ts';

/**
 * Asks the engine something of each container that a line names, and prints its name where it
 * was done; what went wrong is told together at the end.
 *
 * @param requestOf  is given the path of a container: `/containers/web`
 * @throws ClientError
 */
export const askOfEach = (
  { engine, out, words }: CommandCall,
  requestOf: (path: string) => EngineCall,
): void => {
  const problems: string[] = [];
  for (const name of words) {
    try {
      engine.done(requestOf(objectPath(`/containers/${name}`)));
      out.line(name);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new ClientError(problems.join('\n'));
};
