import { ExpressionParser } from './expression-parser.ts';
import { tokenize } from './lexer.ts';
import { AwkSyntaxError } from './syntax.ts';
import type { AwkProgram, Expression, Rule, Statement } from './syntax.ts';

class Parser extends ExpressionParser {
  program(): AwkProgram {
    const rules: Rule[] = [];
    for (;;) {
      this.#skipEnds();
      if (this.peek().kind === 'end') return rules;
      rules.push(this.#rule());
    }
  }

  #skipEnds(): void {
    while (this.peek().kind === 'newline' || this.is(';')) this.at += 1;
  }

  #rule(): Rule {
    const when = this.#when();
    if (!this.is('{')) {
      if (when === null) return this.fail();
      return { when, body: null };
    }
    return { when, body: this.#braces() };
  }

  #when(): Rule['when'] {
    if (this.take('BEGIN')) return 'begin';
    if (this.take('END')) return 'end';
    if (this.is('{')) return null;
    const from = this.expression();
    if (!this.take(',')) return from;
    return { from, to: this.expression() };
  }

  #braces(): Statement[] {
    this.expect('{');
    const body: Statement[] = [];
    for (;;) {
      this.#skipEnds();
      if (this.take('}')) return body;
      if (this.peek().kind === 'end') this.fail();
      body.push(this.#statement());
    }
  }

  #statement(): Statement {
    this.skipNewlines();
    if (this.is('{')) return { kind: 'block', body: this.#braces() };
    if (this.take(';')) return { kind: 'block', body: [] };
    if (this.take('if')) return this.#ifStatement();
    if (this.take('while')) {
      const condition = this.#condition();
      return { kind: 'while', condition, body: this.#statement() };
    }
    if (this.take('do')) {
      const body = this.#statement();
      this.#skipEnds();
      this.expect('while');
      return { kind: 'do', condition: this.#condition(), body };
    }
    if (this.take('for')) return this.#forStatement();
    return this.#simple();
  }

  #condition(): Expression {
    this.expect('(');
    const condition = this.expression();
    this.expect(')');
    return condition;
  }

  #ifStatement(): Statement {
    const condition = this.#condition();
    const whenTrue = this.#statement();
    const mark = this.at;
    this.#skipEnds();
    if (this.take('else')) return { kind: 'if', condition, whenTrue, otherwise: this.#statement() };
    this.at = mark;
    return { kind: 'if', condition, whenTrue, otherwise: null };
  }

  #forStatement(): Statement {
    this.expect('(');
    const [name, word, array] = [
      this.tokens[this.at],
      this.tokens[this.at + 1],
      this.tokens[this.at + 2],
    ];
    const isIn = word?.kind === 'operator' && word.text === 'in';
    if (name?.kind === 'name' && isIn && array?.kind === 'name') {
      this.at += 3;
      this.expect(')');
      return { kind: 'forIn', name: name.text, array: array.text, body: this.#statement() };
    }
    const before = this.is(';') ? null : this.#simple();
    this.expect(';');
    const condition = this.is(';') ? null : this.expression();
    this.expect(';');
    const after = this.is(')') ? null : this.#simple();
    this.expect(')');
    return { kind: 'for', before, condition, after, body: this.#statement() };
  }

  #simple(): Statement {
    if (this.take('print')) return this.#output('print');
    if (this.take('printf')) return this.#output('printf');
    if (this.take('next')) return { kind: 'next' };
    if (this.take('break')) return { kind: 'break' };
    if (this.take('continue')) return { kind: 'continue' };
    if (this.take('exit')) {
      const { kind } = this.peek();
      const isBare = kind === 'end' || kind === 'newline' || this.is(';', '}');
      return { kind: 'exit', value: isBare ? null : this.expression() };
    }
    if (this.take('delete')) {
      const target = this.expression();
      if (target.kind === 'variable') return { kind: 'delete', array: target.name, key: null };
      if (target.kind !== 'element') return this.fail();
      return { kind: 'delete', array: target.array, key: target.key };
    }
    return { kind: 'expression', value: this.expression() };
  }

  #output(kind: 'print' | 'printf'): Statement {
    const values = this.printed();
    if (this.is('>', '|')) {
      throw new AwkSyntaxError('output to files and commands is not simulated');
    }
    return { kind, values };
  }
}

/** @throws AwkSyntaxError */
export const parseAwk = (text: string): AwkProgram => new Parser(tokenize(text)).program();
