/**
 * The path of an object by a name as it was typed: cleaned and escaped as the client's library
 * does it, an empty name being the whole of them.
 *
 * @source docker/cli v20.10 vendor/github.com/docker/docker/client/client.go getAPIPath;
 *   Go path.Join and net/url encodePath
 */
export const objectPath = (path: string): string =>
  encodeURI(cleaned(path)).replace(
    /[!'()*?#]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const cleaned = (path: string): string => {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
};
