import ts from 'typescript';

const clocks = new Set(['Date.now', 'performance.now', 'Math.random', 'crypto.randomUUID']);
const effects = new Set(['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'Buffer']);

/**
 * Finds what the core must not do: read a clock or a random source, wait, or touch the machine.
 *
 * @returns one complaint per place
 */
export function impurities(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const complaint = complaintAbout(node);
    if (complaint !== null) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1}: ${complaint}`);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function complaintAbout(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'the core has no async functions';
  if (node.kind === ts.SyntaxKind.AwaitExpression) return 'the core does not wait';
  if (ts.isPropertyAccessExpression(node) && clocks.has(node.getText())) {
    return `\`${node.getText()}\`: time and random numbers arrive in the command`;
  }
  if (ts.isNewExpression(node)) return complaintAboutNew(node);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return 'the core loads nothing at run time';
  }
  if (ts.isIdentifier(node) && effects.has(node.text) && isGlobalUse(node)) {
    return `\`${node.text}\`: the core has no input or output`;
  }
  return null;
}

function complaintAboutNew(node: ts.NewExpression): string | null {
  const name = node.expression.getText();
  if (name === 'Promise') return 'the core has no promises';
  const readsClock = name === 'Date' && (node.arguments ?? []).length === 0;
  return readsClock ? '`new Date()`: the time arrives in the command' : null;
}

/** A value used under this name, not a field, a type's member or an object's key of that name. */
function isGlobalUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node && !isLocal(node);
}

/** Declared in this file, hence not the global of that name. */
function isLocal(node: ts.Identifier): boolean {
  let isDeclared = false;
  const visit = (each: ts.Node): void => {
    const declares =
      ts.isParameter(each) || ts.isVariableDeclaration(each) || ts.isBindingElement(each);
    if (declares && each.name.getText() === node.text) isDeclared = true;
    if (!isDeclared) each.forEachChild(visit);
  };
  visit(node.getSourceFile());
  return isDeclared;
}
