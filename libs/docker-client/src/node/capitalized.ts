/** `Ready`, of `ready`. @source docker/cli v20.10 cli/command/utils.go capitalizeFirst */
export const capitalized = (text: string): string =>
  text.length < 2 ? text.toLowerCase() : text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
