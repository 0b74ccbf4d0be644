const directories = ['/bin/', '/sbin/', '/usr/bin/', '/usr/sbin/', '/usr/local/bin/'];

/** The bare name of a program called so or by a path in a usual place; else `null`. */
export const commandName = (program: string): string | null => {
  if (program === '') return null;
  if (!program.includes('/')) return program;
  const directory = directories.find((start) => program.startsWith(start));
  const name = program.slice(directory?.length ?? 0);
  return directory === undefined || name.includes('/') ? null : name;
};
