import { describe, expect, test } from 'vitest';
import { goBool, goInt, goList, goMap, goString, goStruct } from './go-type.ts';
import { parseBody, parseWhole } from './json-body.ts';
import type { BodyForm } from './json-body.ts';

const type = goStruct('types.Request', {
  Name: goString,
  IsOn: goBool,
  Count: goInt,
  Inner: goStruct('network.Inner', { List: goList(goMap(goString)) }),
});
const form: BodyForm = { type, faults: 'internal' };

describe('a body that is no JSON is refused as by Go', () => {
  test.each([
    ['', 'EOF'],
    [' \n', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"Name":"a', 'unexpected EOF'],
    ['{]', "invalid character ']' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 2}', "invalid character '2' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['"\u0001"', "invalid character '\\x01' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['nule', "invalid character 'e' in literal null (expecting 'l')"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
  ])('%j', (text, message) => {
    expect(() => parseBody(text, form)).toThrow(message);
  });
});

describe('a value of another type is refused as by Go', () => {
  test.each([
    ['7', 'json: cannot unmarshal number into Go value of type types.Request'],
    ['{"name":7}', 'number into Go struct field Request.Name of type string'],
    ['{"IsOn":"yes"}', 'string into Go struct field Request.IsOn of type bool'],
    ['{"Count":1.5}', 'number 1.5 into Go struct field Request.Count of type int'],
    ['{"Count":1e400}', 'number 1e400 into Go struct field Request.Count of type int'],
    ['{"Inner":{"List":{}}}', 'Go struct field Inner.Inner.List of type []map[string]string'],
    ['{"Inner":{"List":[{"a":1}]}}', 'number into Go struct field Inner.Inner.List of type string'],
  ])('%j', (text, message) => {
    expect(() => parseBody(text, form)).toThrow(message);
  });

  test('and one that fits, unknown members and null among it, is taken', () => {
    const text = '{"Name":null,"Other":[1],"Count":3,"Inner":{"List":null}} x';
    expect(parseBody(text, form)).toEqual(JSON.parse(text.slice(0, -2)));
  });
});

test('keys and texts that no store takes are refused, deep nesting too', () => {
  for (const text of ['{"a\\u0000":1}', '{"a":"\\u0000"}', '{"\\udc00":1}', '{"a":1e999}']) {
    expect(() => parseBody(text, form)).toThrow('netfold: ');
  }
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => parseBody(deep, form)).toThrow('nested too deep');
});

test('a whole text has nothing behind its value', () => {
  expect(() => parseWhole('{} x')).toThrow("invalid character 'x' after top-level value");
  expect(() => parseWhole('{')).toThrow('unexpected end of JSON input');
});
