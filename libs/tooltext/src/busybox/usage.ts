/** The banner before every usage text. @source BusyBox 1.35.0 as Debian 12 builds it */
const busyboxBanner = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\n';

export const busyboxUsage = (text: string): string => busyboxBanner + text;

/** @param option  as it was written, `-z` or `--zero` */
export const invalidOption = (program: string, option: string): string =>
  option.startsWith('--')
    ? `${program}: unrecognized option '${option}'\n`
    : `${program}: invalid option -- '${option.slice(1, 2)}'\n`;
