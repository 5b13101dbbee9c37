/** An XML document as a tree whose nodes know their path. Without DTD: no entity is ever defined, none is fetched. Pure. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { StatementFault } from './faults.ts';

export interface XmlNode {
  readonly name: string;
  /** `Document/BkToCstmrStmt[1]/Stmt[2]` */
  readonly path: string;
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
}

export const childrenOf = (node: XmlNode | null, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];
/** The first at the end of a way of names; null where there is none. */
export function at(node: XmlNode | null, ...way: readonly string[]): XmlNode | null {
  let here = node;
  for (const name of way) here = here?.children.find((child) => child.name === name) ?? null;
  return here;
}
export const textAt = (node: XmlNode | null, ...way: readonly string[]): string | null => {
  const text = at(node, ...way)?.text.trim() ?? '';
  return text === '' ? null : text;
};

const DEEPEST = 40;
const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // character references such as &#x4E2D; without a DTD nothing else can be named
  htmlEntities: true,
  maxNestedTags: DEEPEST,
  // a fifth faster: nobody asks the parser for paths
  jPath: false,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
});

export function readXml(text: string): XmlNode | StatementFault {
  const declared = /<!\s*(DOCTYPE|ENTITY)/i.exec(text);
  if (declared) return { place: lineOf(text, declared.index), rule: 'DOCTYPE', seen: declared[0] };
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    return { place: `line ${valid.err.line}, column ${valid.err.col}`, rule: 'SYNTAX', seen: valid.err.msg };
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch (error) {
    return { place: 'file', rule: 'SYNTAX', seen: error instanceof Error ? error.message.slice(0, 200) : '' };
  }
  const root = nodeOf('', '', parsed).children[0];
  return root ?? { place: 'file', rule: 'EMPTY', seen: '' };
}

const lineOf = (text: string, place: number): string => `line ${text.slice(0, place).split('\n').length}`;

function nodeOf(name: string, path: string, value: unknown): XmlNode {
  const attributes = new Map<string, string>();
  const children: XmlNode[] = [];
  let text = typeof value === 'string' ? value : '';
  if (typeof value === 'object' && value !== null)
    for (const [key, inside] of Object.entries(value)) {
      if (key === '#text') text = String(inside);
      else if (key.startsWith('@_')) attributes.set(key.slice(2), String(inside));
      else if (Array.isArray(inside))
        inside.forEach((each: unknown, place) => {
          const here = path === '' ? key : `${path}/${key}[${place + 1}]`;
          children.push(nodeOf(key, here, each));
        });
    }
  return { name, path, text, attributes, children };
}
