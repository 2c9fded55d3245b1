/**
 * Arrays of the plain types, known from the start. By default postgres.js asks each new session for all array types, and
 * when that session is ended meanwhile, the error belongs to no query and ends the process.
 * One dimension; a type that is not listed here arrives as text and is not sent.
 */
interface ElementType {
  oid: number;
  arrayOid: number;
  parse(text: string): unknown;
  serialize?(value: never): string;
}

interface ArrayType {
  to: number;
  from: number[];
  parse(text: string): unknown[];
  serialize(values: unknown): string;
}

const asText = (text: string): unknown => text;
const asNumber = (text: string): unknown => Number(text);

const plainElements: ElementType[] = [
  { oid: 16, arrayOid: 1000, parse: (text) => text === 't' },
  { oid: 21, arrayOid: 1005, parse: asNumber },
  { oid: 23, arrayOid: 1007, parse: asNumber },
  { oid: 701, arrayOid: 1022, parse: asNumber },
  { oid: 25, arrayOid: 1009, parse: asText },
  { oid: 1043, arrayOid: 1015, parse: asText },
  { oid: 1700, arrayOid: 1231, parse: asText },
  { oid: 2950, arrayOid: 2951, parse: asText },
  { oid: 1184, arrayOid: 1185, parse: (text) => new Date(text), serialize: (value: Date) => value.toISOString() },
];

/** For the option `types` of postgres.js; `scalars` are those whose elements are read in a way of our own. */
export function arrayTypes(scalars: Array<Omit<ElementType, 'oid'> & { to: number }>): Record<string, ArrayType> {
  const elements = [...plainElements, ...scalars.map((scalar) => ({ ...scalar, oid: scalar.to }))];
  return Object.fromEntries(
    elements.map((element): [string, ArrayType] => [
      `arrayOf${element.oid}`,
      {
        to: element.arrayOid,
        from: [element.arrayOid],
        parse: (text) => readArray(text).map((item) => (item === null ? null : element.parse(item))),
        serialize: (values) => writeArray(values, element),
      },
    ]),
  );
}

function writeArray(values: unknown, { serialize }: ElementType): string {
  // Drizzle writes its arrays itself.
  if (typeof values === 'string') return values;
  if (!Array.isArray(values)) throw new TypeError('an array parameter takes an array');
  const items = values.map((value: unknown) => {
    if (value === null) return 'null';
    if (value === undefined) throw new TypeError('an array parameter holds undefined');
    const text = serialize ? serialize(value as never) : writeItem(value);
    return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return `{${items.join(',')}}`;
}

function writeItem(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError('an array parameter holds neither text nor a number');
}

/** `{1,NULL,"a \"b\""}` */
function readArray(text: string): Array<string | null> {
  if (!text.startsWith('{') || text.startsWith('{{')) throw new TypeError('only arrays of one dimension are read');
  const items: Array<string | null> = [];
  const item = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs;
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(item)) {
    if (quoted !== undefined) items.push(quoted.replace(/\\(.)/gs, '$1'));
    else items.push(bare === undefined || bare === 'NULL' ? null : bare);
  }
  return items;
}
