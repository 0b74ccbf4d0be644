/** Of /etc/services, those that rules are written for. */
const services: Readonly<Record<string, number>> = {
  'ftp-data': 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  http: 80,
  https: 443,
  mysql: 3_306,
  postgresql: 5_432,
  redis: 6_379,
  'http-alt': 8_080,
};

const portMax = 65_535;

/** A port by its number or its service's name; `null` for neither. */
export const portNumber = (text: string): number | null => {
  const number = /^\d+$/.test(text) ? Number(text) : (services[text] ?? null);
  return number === null || number > portMax ? null : number;
};
