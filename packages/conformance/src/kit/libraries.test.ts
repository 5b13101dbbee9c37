import { describe, expect, it } from 'vitest';
import { asDotNet, asGson, asHashMap, hashMapOrder } from './libraries.ts';

/** What libraries make of a canonical text, as they were seen to. */

describe('a canonical text', () => {
  it('has its integers as 1.0 with Gson, at every depth, and only there', () => {
    expect(asGson('{"a":"1","b":1,"c":[{"d":2,"e":1.5}],"f":"x:3,"}')).toBe(
      '{"a":"1","b":1.0,"c":[{"d":2.0,"e":1.5}],"f":"x:3,"}',
    );
  });

  it('has nested members in the order of a HashMap with fastjson', () => {
    expect(asHashMap('{"b":1,"a":[{"userName":"u","name":"n","orgCode":"o","role":"user","enable":"true"}]}')).toBe(
      '{"b":1,"a":[{"role":"user","orgCode":"o","enable":"true","name":"n","userName":"u"}]}',
    );
  });

  // As OpenJDK 17 prints the key sets.
  it.each([
    ['role orgCode enable name userName', 'userName name orgCode role enable'],
    [
      'role employeeType entryDate orgCode enable name mobile position userName email workPlace employeeCode',
      'userName name orgCode role enable position employeeCode employeeType mobile email workPlace entryDate',
    ],
    [
      'role entryDate mobile userName 集市 employeeCode employeeType orgCode enable name x1 position email workPlace',
      'userName name orgCode role enable position employeeCode employeeType mobile email workPlace entryDate x1 集市',
    ],
  ])('%s', (order, keys) => {
    expect(hashMapOrder(keys.split(' ')).join(' ')).toBe(order);
  });

  it('has signs escaped with System.Text.Json', () => {
    expect(asDotNet('{"a":"R&D + \\"集\\""}')).toBe('{"a":"R\\u0026D \\u002B \\u0022\\u96C6\\u0022"}');
  });
});
