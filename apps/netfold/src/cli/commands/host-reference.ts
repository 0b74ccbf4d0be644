import { NetfoldProblem } from '@netfold/configuration';

/** A host as a command line names it: `shop/h1`. */
export type HostReference = { readonly lab: string; readonly host: string };

/** @throws NetfoldProblem with the command's own usage */
export function hostReference(text: string, command: string, usage: string): HostReference {
  const [lab = '', host = '', ...more] = text.split('/');
  if (lab !== '' && host !== '' && more.length === 0) return { lab, host };
  throw new NetfoldProblem({
    code: 'NF1001',
    problem: `\`netfold ${command}\` was called in a way it does not know`,
    cause: `\`${text}\` is not LAB/HOST`,
    fix: usage,
  });
}
