import { describe, expect, test } from 'vitest';
import { decoded, rawJson } from './go-json.ts';
import { Template, templateLimits } from './template.ts';
import { TemplateError } from './template-error.ts';

const printed = (text: string, json = '{"a":["x","y"],"b":""}') =>
  new Template(text).printed(rawJson(json), { isStrict: true });

const parsing = (text: string) => (): Template => new Template(text);

describe('a template', () => {
  test('ends where it would print without end', () => {
    const doubling = Array.from({ length: 40 }, () => '{{$x = print $x $x}}').join('');
    expect(printed(`{{$x := "ab"}}${doubling}`).problem).toMatch(
      /error calling print: netfold: a text has 16000000 letters at most$/,
    );
    const { lengthMax } = templateLimits;
    const long = 'x'.repeat(lengthMax);
    expect(printed(long)).toEqual({ text: long, problem: null });
    expect(printed(`${long}{{len .a}}`).problem).toBe(
      `netfold: a template prints ${lengthMax} letters at most`,
    );
  });

  test('ends where it would run without end', () => {
    const depth = 21;
    const loops = '{{range $.a}}'.repeat(depth) + '{{end}}'.repeat(depth);
    expect(printed(loops).problem).toBe(
      `netfold: a template has ${templateLimits.stepsMax} steps at most`,
    );
    expect(printed('{{define "t"}}{{template "t"}}{{end}}{{template "t"}}').problem).toBe(
      'template: :1:25: executing "t" at <{{template "t"}}>: ' +
        'exceeded maximum template depth (100000)',
    );
  });

  test('is not read where it is too deep', () => {
    const told = 'template: :1: netfold: a template is 500 levels deep at most';
    const parens = (count: number): string => `{{${'('.repeat(count)}1${')'.repeat(count)}}}`;
    expect(printed(parens(500)).text).toBe('1');
    expect(parsing(parens(501))).toThrow(new TemplateError(told));
    const blocks = '{{if 1}}'.repeat(501) + '{{end}}'.repeat(501);
    expect(parsing(blocks)).toThrow(new TemplateError(told));
  });

  test('writes no more spaces than a host has memory for', () => {
    expect(printed('{{pad "a" 1000001 0}}').problem).toMatch(/netfold: a lab host writes 1000000/);
    expect(printed('{{len (pad "a" 1000000 0)}}').text).toBe('1000001');
    expect(printed('{{printf "%9999999d" 1}}').text).toBe('%!(BADWIDTH)1');
  });
});

describe('JSON that is read into Go types', () => {
  test('keeps numbers that JavaScript has no room for', () => {
    const json = '{"TimeNano":1700000000123456789,"id":"x"}';
    expect(new Template('{{.TimeNano}}').printed(decoded(json, 'events.Message')).text).toBe(
      '1700000000123456789',
    );
    expect(printed('{{.n}} {{json .}}', '{"n":1.50,"m":12345678901234567890}').text).toBe(
      '1.50 {"m":12345678901234567890,"n":1.50}',
    );
  });

  test('takes the last of two members, and names in any case', () => {
    const json = '{"id":"a","ID":"b","Status":null}';
    expect(new Template('{{json .ID}}').printed(decoded(json, 'events.Message')).text).toBe('"b"');
    expect(printed('{{.a}}', '{"a":1,"a":2}').text).toBe('2');
  });
});
