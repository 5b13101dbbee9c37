/**
 * The generator of our OpenAPI documents writes "this schema, or null" as `allOf` of a reference and a type with null, which
 * nothing fulfils that is null. Written out as what is meant, so that validators and generated clients take our answers.
 */
export function nullableReferences<T>(document: T): T;
export function nullableReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map((each) => nullableReferences(each));
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, each]) => [name, nullableReferences(each)]));
  const { allOf, ...others } = members;
  if (!Array.isArray(allOf) || allOf.length !== 2 || !isReference(allOf[0]) || !isOrNull(allOf[1])) return members;
  return { ...others, anyOf: [allOf[0], { type: 'null' }] };
}

const isReference = (node: unknown): boolean => typeof node === 'object' && node !== null && '$ref' in node;

/** `{"type": ["object", "null"]}` and nothing else. */
const isOrNull = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  'type' in node &&
  Array.isArray(node.type) &&
  node.type.includes('null') &&
  Object.keys(node).length === 1;
