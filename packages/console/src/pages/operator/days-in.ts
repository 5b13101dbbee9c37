/**
 * Days in a text as people write or paste them: `02-08`, `2-8`, `2月8日`, `2027-02-08`, apart by anything else. What looks like
 * no day is kept, so that the rule names it. Pure.
 */
export function daysIn(text: string, year: number): string[] {
  const words = text
    .replaceAll(/(\d{4})年/g, '$1-')
    .replaceAll(/(\d{1,2})月(\d{1,2})日?/g, '$1-$2')
    .replaceAll('/', '-')
    .split(/[\s,，、;；]+/);
  return words.filter((word) => word !== '').map((word) => dayOf(word, year));
}

function dayOf(word: string, year: number): string {
  const [, own, month, day] = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(word) ?? [];
  if (month === undefined || day === undefined) return word;
  return `${own ?? year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
