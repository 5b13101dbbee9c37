/**
 * The words of a text in Chinese and English, for the index and for what somebody looks for (12.2). PostgreSQL gets
 * them as ready lexemes, so it needs no dictionary of its own.
 *
 * Chinese has no spaces. A text is indexed by its pairs of characters, a short one by its single characters too, so that
 * any part of a name finds it (云服务器 by 服务器, by 云). What is looked for is cut into words by a dictionary first
 * (企业云服务器 → 企业, 云, 服务器), so that the words may stand apart; each word is then found by its pairs.
 */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let segmenter: Jieba | undefined;
/** The dictionary takes 0.3 s and 40 MB: loaded when somebody first searches in Chinese. */
function jieba(): Jieba {
  segmenter ??= Jieba.withDict(dict);
  return segmenter;
}

// radicals (⺀) are of the script and no characters of any word
const RUNS = /((?:(?=[\p{L}\p{N}])\p{Script=Han})+)|([\p{L}\p{N}]+)/gu;

interface Run {
  readonly chinese: boolean;
  readonly text: string;
}
/** Full width, half width, upper case and accents make no difference. */
function runsOf(text: string): Run[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...plain.matchAll(RUNS)].flatMap(([whole, han]) => splitRun(whole, han !== undefined));
}

/** `[\p{L}\p{N}]+` takes Chinese that follows letters along: SaaS平台 is two runs. */
function splitRun(text: string, chinese: boolean): Run[] {
  if (chinese) return [{ chinese, text }];
  return (text.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).map((part) => ({
    chinese: /^\p{Script=Han}/u.test(part),
    text: part,
  }));
}

/** Light: plurals only, so that a word stays recognisable. */
export function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

const charactersOf = (run: string): string[] => [...run];

function pairsOf(run: string): string[] {
  const characters = charactersOf(run);
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** longer words are cut: an index entry has a bound, and nobody types them */
const LONGEST = 40;
const short = (word: string): string => [...word].slice(0, LONGEST).join('');

/** Lexemes of a short text (name, summary, tags): every part of it finds it. */
export const lexemes = (text: string): Set<string> => lexemesOf(text, (run) => [...charactersOf(run), ...pairsOf(run)]);

/** Lexemes of a long text: a single character says nothing there. */
export const wordsOf = (text: string): Set<string> => lexemesOf(text, pairsOf);

function lexemesOf(text: string, pieces: (run: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const run of runsOf(text)) {
    if (!run.chinese) found.add(short(stem(run.text)));
    else for (const piece of pieces(run.text)) found.add(piece);
  }
  return found;
}

/** Words beyond these are not looked at: a sentence is no search. */
const MOST_WORDS = 12;

/** What somebody looks for, word by word as typed. */
export function searchWords(query: string): string[] {
  const words = runsOf(query).flatMap((run) => (run.chinese ? jieba().cut(run.text, true) : [run.text]));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/**
 * The condition as a tsquery: all words; the last one may be unfinished if it is no Chinese.
 * @returns '' for a text without words
 */
export function searchCondition(query: string): string {
  const runs = runsOf(query);
  const conditions = runs.flatMap(({ chinese, text }, place) =>
    chinese ? chineseConditions(text) : [wordCondition(text, place === runs.length - 1)],
  );
  return [...new Set(conditions)].slice(0, MOST_WORDS).join(' & ');
}

function wordCondition(word: string, unfinished: boolean): string {
  const text = quoted(short(stem(word)));
  // one letter alone would match a large part of all words
  return unfinished && word.length >= 2 ? `(${text} | ${quoted(short(word))}:*)` : text;
}

/** A single character is found by itself in a short text, in a long one with the character beside it. */
function chineseConditions(run: string): string[] {
  const pairs = pairsOf(run);
  let at = 0;
  return jieba()
    .cut(run, true)
    .map((word) => {
      const length = charactersOf(word).length;
      const beside = pairs[at === 0 ? 0 : at - 1];
      at += length;
      if (length > 1) return pairsOf(word).map(quoted).join(' & ');
      return beside === undefined ? quoted(word) : `(${quoted(word)} | ${quoted(beside)})`;
    });
}

/** Lexemes are letters and digits, so nothing in them can end the quotation. */
const quoted = (lexeme: string): string => `'${lexeme}'`;
