import { ClientError } from '../../command/client-error.ts';
import { readDecimal } from '../../command/integer.ts';

type RestartPolicy = { readonly Name: string; readonly MaximumRetryCount: number };

/**
 * `on-failure:3`
 *
 * @throws ClientError
 * @source docker/cli v20.10 opts/parse.go ParseRestartPolicy
 */
export const readRestartPolicy = (text: string): RestartPolicy => {
  const [Name = '', count = '0', ...more] = text.split(':');
  if (more.length > 0) throw new ClientError('invalid restart policy format');
  const MaximumRetryCount = readDecimal(count);
  if (typeof MaximumRetryCount !== 'number') {
    throw new ClientError('maximum retry count must be an integer');
  }
  return { Name, MaximumRetryCount };
};
