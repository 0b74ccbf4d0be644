/** `bridge`, `host`, `none` and `default` are not to be created or removed by a user. */
export function isPredefinedNetwork(name: string): boolean {
  return name === 'bridge' || name === 'host' || name === 'none' || name === 'default';
}
