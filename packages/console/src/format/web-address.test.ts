import { describe, expect, it } from 'vitest';
import { webAddress } from './web-address.ts';

describe('webAddress', () => {
  it.each(['https://desk.example/t/77', 'http://10.0.0.1:8080/'])('%s may become a link', (address) => {
    expect(webAddress(address)).toBe(address);
  });

  it.each(['javascript:alert(1)', ' JAVASCRIPT:alert(1)', 'data:text/html,x', 'desk.example', '//desk.example', ''])(
    '%j may not',
    (address) => {
      expect(webAddress(address)).toBeNull();
    },
  );
});
