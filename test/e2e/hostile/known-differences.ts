/** What a lab answers otherwise than the engine, by the name of the case, and why. */
export const knownDifferences: Readonly<Record<string, string>> = {
  '73 "80/sctp"': 'the recorded machine had no SCTP in its kernel',
};
