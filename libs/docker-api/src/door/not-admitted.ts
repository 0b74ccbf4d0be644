/** Nobody that we know: answered with 401, and the reason. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted';

  constructor(reason: string) {
    super(`netfold: ${reason}; get a new one with \`netfold docker-context LAB/HOST\``);
  }
}
