import { describe, expect, it } from 'vitest';
import { type InterfaceForm, inputOf, isPath, pathOf, presetsOf } from './debugging-values.ts';

const field = { required: false, maximum: 64, choices: null, sentEmpty: false };
const form: InterfaceForm = {
  activity: 'refreshInstance',
  fields: [
    { ...field, name: 'orderId', preset: 'CS1', required: true },
    { ...field, name: 'productId', preset: '', sentEmpty: true },
    { ...field, name: 'trialToFormal', preset: '' },
  ],
};

describe('what the debugging form sends', () => {
  it('begins with the presets', () => {
    expect(presetsOf(form)).toEqual({ orderId: 'CS1', productId: '', trialToFormal: '' });
  });

  it('leaves empty fields out, but for those that are sent empty', () => {
    expect(inputOf(form, { ...presetsOf(form), orderId: ' CS2 ' }, null)).toEqual({
      activity: 'refreshInstance',
      parameters: { orderId: 'CS2', productId: '' },
      target: null,
    });
  });

  it('has nothing that is not in the form', () => {
    expect(inputOf(form, { testFlag: '0', orderId: 'o' }, null).parameters).toEqual({ orderId: 'o', productId: '' });
  });
});

it.each([
  ['/saasproduce', true],
  ['/', true],
  ['/a?b=c', true],
  ['', false],
  ['saasproduce', false],
  ['//other.example', false],
  ['/a b', false],
])('%j is a path: %s', (text, expected) => {
  expect(isPath(text)).toBe(expected);
});

it('the path of an address', () => {
  expect([pathOf('https://a.example/p?x=1'), pathOf('https://a.example'), pathOf('nothing')]).toEqual([
    '/p?x=1',
    '/',
    '/',
  ]);
});
