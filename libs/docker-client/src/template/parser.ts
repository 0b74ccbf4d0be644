import { quoted, unquoted } from './go-quote.ts';
import type { Token, TokenKind } from './lexer.ts';
import { tokensOf, tokenText } from './lexer.ts';
import { nodeText } from './node.ts';
import type { BranchNode, CommandNode, ListNode, Node, Operand, PipeNode } from './node.ts';
import { numberOf } from './number.ts';
import { TemplateError } from './template-error.ts';

/** The templates of a text: its own under its name, and those that it defines. */
export type Templates = ReadonlyMap<string, ListNode>;

/**
 * @param functions  names that may be called
 * @throws TemplateError
 * @source Go text/template/parse parse.go
 */
export const parsed = (text: string, name: string, functions: ReadonlySet<string>): Templates =>
  new Parser(text, name, functions).run();

type End = { readonly kind: 'end' | 'else'; readonly at: number };
type Ended = { readonly list: ListNode; readonly end: End };

/** How deep parentheses and blocks may stand within each other. */
const depthMax = 500;

const endText = ({ kind }: End): string => `{{${kind}}}`;

const operandStarts = new Set<TokenKind>([
  ...(['bool', 'charConstant', 'complex', 'dot', 'field', 'identifier'] as const),
  ...(['number', 'rawString', 'string', 'variable', 'leftParen'] as const),
]);

const notExecutable = new Set<Operand['kind']>(['bool', 'dot', 'nil', 'number', 'string']);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #name: string;
  readonly #functions: ReadonlySet<string>;
  readonly #templates = new Map<string, ListNode>();
  #cursor = 0;
  #furthest = 0;
  #variables: readonly string[] = ['$'];
  #actionLine = 0;
  #rangeDepth = 0;
  #depth = 0;

  constructor(text: string, name: string, functions: ReadonlySet<string>) {
    this.#name = name;
    this.#tokens = tokensOf(text);
    this.#functions = functions;
  }

  run(): Templates {
    const { at } = this.#peek();
    const nodes: Node[] = [];
    while (this.#peek().kind !== 'eof') {
      if (this.#definition()) continue;
      const node = this.#textOrAction();
      if (isEnd(node)) this.#fail(`unexpected ${endText(node)}`);
      nodes.push(node);
    }
    this.#add(this.#name, { kind: 'list', at, nodes });
    return this.#templates;
  }

  #fail(problem: string): never {
    const line = this.#tokens[this.#furthest]?.line ?? 0;
    throw new TemplateError(`template: ${this.#name}:${line}: ${problem}`);
  }

  #next(): Token {
    const token = this.#tokens[this.#cursor] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('a template has tokens');
    this.#furthest = Math.max(this.#furthest, Math.min(this.#cursor, this.#tokens.length - 1));
    this.#cursor += 1;
    return token;
  }

  #peek(): Token {
    const token = this.#next();
    this.#cursor -= 1;
    return token;
  }

  #nextNonSpace(): Token {
    let token = this.#next();
    while (token.kind === 'space') token = this.#next();
    return token;
  }

  #peekNonSpace(): Token {
    const token = this.#nextNonSpace();
    this.#cursor -= 1;
    return token;
  }

  #isKeyword(token: Token, ...words: readonly string[]): boolean {
    return token.kind === 'keyword' && words.includes(token.text);
  }

  #expect(context: string, ...kinds: readonly TokenKind[]): Token {
    const token = this.#nextNonSpace();
    if (!kinds.includes(token.kind)) this.#unexpected(token, context);
    return token;
  }

  #unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.#fail(`unexpected ${tokenText(token)} in ${context}`);
    const isElsewhere = this.#actionLine !== 0 && this.#actionLine !== token.line;
    const started = ` started at ${this.#name}:${this.#actionLine}`;
    const where = token.text.endsWith(' action') ? started : ` in action${started}`;
    this.#fail(`${token.text}${isElsewhere ? where : ''}`);
  }

  #add(name: string, list: ListNode): void {
    const known = this.#templates.get(name);
    if (known === undefined || isEmpty(known)) this.#templates.set(name, list);
    else if (!isEmpty(list)) {
      this.#fail(`template: multiple definition of template ${quoted(name)}`);
    }
  }

  /** `{{define "name"}} ... {{end}}` */
  #definition(): boolean {
    const start = this.#cursor;
    if (this.#next().kind !== 'leftDelim' || !this.#isKeyword(this.#nextNonSpace(), 'define')) {
      this.#cursor = start;
      return false;
    }
    const context = 'define clause';
    const name = this.#unquoted(this.#expect(context, 'string', 'rawString'));
    this.#expect(context, 'rightDelim');
    this.#add(name, this.#apart(context));
    return true;
  }

  /** The body of a template of its own, up to its end: it sees no variables of others. */
  #apart(context: string): ListNode {
    const kept = [this.#variables, this.#rangeDepth] as const;
    [this.#variables, this.#rangeDepth] = [['$'], 0];
    const { list, end } = this.#list();
    if (end.kind !== 'end') this.#fail(`unexpected ${endText(end)} in ${context}`);
    [this.#variables, this.#rangeDepth] = kept;
    return list;
  }

  #unquoted({ text }: Token): string {
    return unquoted(text) ?? this.#fail('invalid syntax');
  }

  #list(): Ended {
    const { at } = this.#peekNonSpace();
    const nodes: Node[] = [];
    while (this.#peekNonSpace().kind !== 'eof') {
      const node = this.#textOrAction();
      if (isEnd(node)) return { list: { kind: 'list', at, nodes }, end: node };
      nodes.push(node);
    }
    this.#fail('unexpected EOF');
  }

  #textOrAction(): Node | End {
    const token = this.#nextNonSpace();
    if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text };
    if (token.kind !== 'leftDelim') this.#unexpected(token, 'input');
    this.#actionLine = token.line;
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): Node | End {
    const token = this.#nextNonSpace();
    if (token.kind === 'keyword') {
      const { text } = token;
      if (text === 'break' || text === 'continue') return this.#loopExit(text, token.at);
      if (text === 'if' || text === 'with' || text === 'range') return this.#branch(text);
      if (text === 'else') return this.#else();
      if (text === 'end') return { kind: 'end', at: this.#expect('end', 'rightDelim').at };
      if (text === 'template') return this.#template();
      if (text === 'block') return this.#block();
    }
    this.#cursor -= 1;
    return { kind: 'action', at: token.at, pipe: this.#pipeline('command', 'rightDelim') };
  }

  #loopExit(kind: 'break' | 'continue', at: number): Node {
    const token = this.#nextNonSpace();
    if (token.kind !== 'rightDelim') this.#unexpected(token, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#fail(`{{${kind}}} outside {{range}}`);
    return { kind, at };
  }

  #else(): End {
    const next = this.#peekNonSpace();
    if (this.#isKeyword(next, 'if')) return { kind: 'else', at: next.at };
    return { kind: 'else', at: this.#expect('else', 'rightDelim').at };
  }

  #deeper<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > depthMax)
      this.#fail(`netfold: a template is ${depthMax} levels deep at most`);
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  #branch(kind: BranchNode['kind']): BranchNode {
    return this.#deeper(() => this.#branchInside(kind));
  }

  #branchInside(kind: BranchNode['kind']): BranchNode {
    const kept = this.#variables;
    const pipe = this.#pipeline(kind, 'rightDelim');
    if (kind === 'range') this.#rangeDepth += 1;
    const { list, end } = this.#list();
    if (kind === 'range') this.#rangeDepth -= 1;
    const elseList = end.kind === 'else' ? this.#elseList(kind, end.at) : null;
    this.#variables = kept;
    return { kind, at: pipe.at, pipe, list, elseList };
  }

  /** `{{else if a}}` is an `if` within the `else`; their `{{end}}` is one. */
  #elseList(kind: BranchNode['kind'], at: number): ListNode {
    if (kind === 'if' && this.#isKeyword(this.#peek(), 'if')) {
      this.#next();
      return { kind: 'list', at, nodes: [this.#branch('if')] };
    }
    const { list, end } = this.#list();
    if (end.kind !== 'end') this.#fail(`expected end; found ${endText(end)}`);
    return list;
  }

  #templateName(context: string): { readonly name: string; readonly at: number } {
    const token = this.#nextNonSpace();
    if (token.kind !== 'string' && token.kind !== 'rawString') this.#unexpected(token, context);
    return { name: this.#unquoted(token), at: token.at };
  }

  #template(): Node {
    const context = 'template clause';
    const named = this.#templateName(context);
    if (this.#nextNonSpace().kind === 'rightDelim') {
      return { kind: 'template', ...named, pipe: null };
    }
    this.#cursor -= 1;
    return { kind: 'template', ...named, pipe: this.#pipeline(context, 'rightDelim') };
  }

  #block(): Node {
    const context = 'block clause';
    const named = this.#templateName(context);
    const pipe = this.#pipeline(context, 'rightDelim');
    this.#add(named.name, this.#apart(context));
    return { kind: 'template', ...named, pipe };
  }

  #pipeline(context: string, end: TokenKind): PipeNode {
    const { at } = this.#peekNonSpace();
    const { variables, isAssign } = this.#declared(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#nextNonSpace();
      if (token.kind === end) break;
      if (!operandStarts.has(token.kind) && !this.#isKeyword(token, 'nil')) {
        this.#unexpected(token, context);
      }
      this.#cursor -= 1;
      commands.push(this.#command());
    }
    this.#checkPipeline(commands, context);
    return { kind: 'pipe', at, variables, isAssign, commands };
  }

  #checkPipeline(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    commands.forEach(({ args: [first] }, at) => {
      if (at === 0 || first === undefined || !notExecutable.has(first.kind)) return;
      this.#fail(`non executable command in pipeline stage ${at + 1}`);
    });
  }

  /** `$x :=`, `$x =`, and `$k, $v :=` of a range. */
  #declared(context: string): Pick<PipeNode, 'variables' | 'isAssign'> {
    const variables: string[] = [];
    for (;;) {
      const variable = this.#peekNonSpace();
      const start = this.#cursor;
      if (variable.kind !== 'variable') return { variables, isAssign: false };
      this.#next();
      const next = this.#nextNonSpace();
      const isComma = next.kind === 'char' && next.text === ',';
      if (next.kind !== 'assign' && next.kind !== 'declare' && !isComma) {
        this.#cursor = start;
        return { variables, isAssign: false };
      }
      variables.push(variable.text);
      this.#variables = [...this.#variables, variable.text];
      if (!isComma) return { variables, isAssign: next.kind === 'assign' };
      if (context !== 'range' || variables.length > 1) {
        this.#fail(`too many declarations in ${context}`);
      }
      const { kind } = this.#peekNonSpace();
      if (kind !== 'variable' && kind !== 'rightDelim' && kind !== 'rightParen') {
        this.#fail('range can only initialize variables');
      }
    }
  }

  #command(): CommandNode {
    const { at } = this.#peekNonSpace();
    const args: Operand[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand !== null) args.push(operand);
      const token = this.#next();
      if (token.kind === 'space') continue;
      if (token.kind === 'rightDelim' || token.kind === 'rightParen') this.#cursor -= 1;
      else if (token.kind !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.#fail('empty command');
    return { kind: 'command', at, args };
  }

  #operand(): Operand | null {
    const term = this.#term();
    if (term === null || this.#peek().kind !== 'field') return term;
    const { at } = this.#peek();
    const names: string[] = [];
    while (this.#peek().kind === 'field') names.push(this.#next().text.slice(1));
    if (term.kind === 'field' || term.kind === 'variable') {
      return { ...term, at, names: [...term.names, ...names] };
    }
    if (notExecutable.has(term.kind)) {
      this.#fail(`unexpected . after term ${quoted(nodeText(term))}`);
    }
    return { kind: 'chain', at, of: term, names };
  }

  #term(): Operand | null {
    const token = this.#nextNonSpace();
    const { kind, text, at } = token;
    if (kind === 'identifier') {
      if (!this.#functions.has(text)) this.#fail(`function ${quoted(text)} not defined`);
      return { kind, at, name: text };
    }
    if (kind === 'dot') return { kind, at };
    if (this.#isKeyword(token, 'nil')) return { kind: 'nil', at };
    if (kind === 'variable') return this.#variable(text, at);
    if (kind === 'field') return { kind, at, names: [text.slice(1)] };
    if (kind === 'bool') return { kind, at, value: text === 'true' };
    if (kind === 'charConstant' || kind === 'number' || kind === 'complex') {
      const number = numberOf(token);
      return typeof number === 'string' ? this.#fail(number) : number;
    }
    if (kind === 'leftParen') {
      return this.#deeper(() => this.#pipeline('parenthesized pipeline', 'rightParen'));
    }
    if (kind === 'string' || kind === 'rawString') {
      return { kind: 'string', at, written: text, value: this.#unquoted(token) };
    }
    this.#cursor -= 1;
    return null;
  }

  #variable(name: string, at: number): Operand {
    if (!this.#variables.includes(name)) this.#fail(`undefined variable ${quoted(name)}`);
    return { kind: 'variable', at, names: [name] };
  }
}

const isEnd = (node: Node | End): node is End => node.kind === 'end' || node.kind === 'else';

const isEmpty = ({ nodes }: ListNode): boolean =>
  nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
