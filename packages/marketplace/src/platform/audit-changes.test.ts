import { describe, expect, it } from 'vitest';
import { changesBetween } from './audit-changes.ts';

const facts = (of: Record<string, string>) => new Map(Object.entries(of));

describe('what a command changed (O-50)', () => {
  it('is what differs, what came to be and what went', () => {
    const before = facts({ 'members.name': 'Ann', 'members.mobile': '138', 'members.role': 'user' });
    const after = facts({ 'members.name': 'Ann Lee', 'members.role': 'user', 'members.email': 'a@b.example' });
    expect(changesBetween(before, after)).toEqual([
      { field: 'members.name', before: 'Ann', after: 'Ann Lee' },
      { field: 'members.mobile', before: '138', after: null },
      { field: 'members.email', before: null, after: 'a@b.example' },
    ]);
    expect(changesBetween(after, after)).toEqual([]);
  });

  it('tells that a secret was changed, not which it is', () => {
    for (const field of ['users.password_hash', 'endpoints.sealed_secret', 'deliveries.payload.apiToken'])
      expect(changesBetween(facts({ [field]: 'one' }), facts({ [field]: 'two' }))).toEqual([
        { field, before: '***', after: '***' },
      ]);
  });

  it('is cut where it is long', () => {
    const [change] = changesBetween(facts({}), facts({ 'products.text': 'x'.repeat(1_000) }));
    expect(change?.after).toHaveLength(201);
    const many = facts(Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`a.${place}`, 'x'])));
    expect(changesBetween(facts({}), many)).toHaveLength(40);
  });
});
