import { describe, expect, it } from 'vitest';
import { runCommand } from './test-program.ts';

/** `jishi secret` gives the vectors of saas-v2.md 4.3 and saas-v1.md 5.4, both ways. */

const V2 = ['--key', 'koo-demo-access-key-0001', '--scheme', 'v2'];
const V1 = ['--key', 'koo-v1-demo-key-0001', '--scheme', 'v1'];
const IV = ['--iv', 'A1b2C3d4E5f6G7h8'];

describe('jishi secret', () => {
  it.each<[string, string[], string, string, string]>([
    ['saas-v2.md 4.3', V2, '1', 'admin@example.com', 'A1b2C3d4E5f6G7h8AOluf9yxQc6FfJisz0agRAC6/qZlohWs2FVKa3GL6uY='],
    ['saas-v2.md 4.3', V2, '2', 'admin@example.com', 'A1b2C3d4E5f6G7h8OmtpmqJUOMvpPwOkxdN4n4huykP8ynSVniJfiv6xcLQ='],
    ['saas-v1.md 5.4', V1, '1', 'admin@acme.example', 'A1b2C3d4E5f6G7h8JVce8rcr7wQTGOkq44IgXzgBkf/jX2O/c8MIBuCob58='],
    ['saas-v1.md 5.4', V1, '2', 'admin@acme.example', 'A1b2C3d4E5f6G7h8UfYR0Ljxo2vwYU1PR8tgGEGJkdKuTFs5c/Ti7+FVj0s='],
  ])('%s %j type %s', async (_, options, encryptType, text, value) => {
    const type = ['--encrypt-type', encryptType];
    const encrypted = await runCommand(['secret', 'encrypt', ...options, ...type, ...IV, '--json'], `${text}\n`);
    expect(JSON.parse(encrypted.out)).toEqual({ value, encryptType });
    expect(JSON.parse((await runCommand(['secret', 'decrypt', ...options, ...type, '--json'], value)).out).value).toBe(
      text,
    );
    expect((await runCommand(['secret', 'decrypt', ...options], `${value}\n`)).out).toBe(text);
  });

  it('makes an IV of its own', async () => {
    const { out } = await runCommand(['secret', 'encrypt', ...V2], 'Init-Pass-1');
    expect((await runCommand(['secret', 'decrypt', ...V2], out)).out).toBe('Init-Pass-1');
  });

  it('says why a value cannot be decrypted, and ends with 1', async () => {
    const run = await runCommand(['secret', 'decrypt', ...V2, '--json'], 'admin@example.com');
    expect([run.code, JSON.parse(run.out)]).toMatchObject([1, { ok: false, diagnosis: [{ code: 'secret.plain' }] }]);
    expect((await runCommand(['secret', 'decrypt', ...V2], 'admin@example.com')).out).toContain('✗ secret.plain');
  });

  it.each<[string[], string, string]>([
    [['secret', 'hide', ...V2], '', 'ACTION'],
    [['secret', 'encrypt'], 'a', '--key is required'],
    [['secret', 'encrypt', '--key', 'k', '--scheme', 'v3'], 'a', '--scheme'],
    [['secret', 'encrypt', ...V2, '--encrypt-type', '3'], 'a', '--encrypt-type'],
    [['secret', 'encrypt', ...V2, '--iv', 'short'], 'a', '--iv'],
    [['secret', 'encrypt', ...V2], 'x'.repeat(80), 'stdin: at most 79 bytes'],
  ])('ends with 2: %j', async (line, stdin, message) => {
    const run = await runCommand(line, stdin);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.message).toContain(message);
  });
});
