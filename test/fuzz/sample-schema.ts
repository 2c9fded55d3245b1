/** A value that the API's own document allows, out of words that this village knows. */
import type { Json } from './hostile-values.ts';
import type { Random } from './random.ts';

export interface JsonSchema {
  type?: string | undefined;
  enum?: Json[] | undefined;
  anyOf?: JsonSchema[] | undefined;
  oneOf?: JsonSchema[] | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  required?: string[] | undefined;
  items?: JsonSchema | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  minimum?: number | undefined;
  minLength?: number | undefined;
}

/** By the name of a field: what makes sense there. */
export type KnownWords = Record<string, readonly string[]>;

/** Where the columns of the database, doubles and the document's own bounds end. */
const EDGES = [0, 32_768, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1];

export function sampleOf(random: Random, schema: JsonSchema, words: KnownWords, name = ''): Json {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return sampleOf(random, random.pick(choices), words, name);
  if (schema.enum) return random.pick(schema.enum);
  switch (schema.type ?? 'string') {
    case 'object': {
      const required = new Set(schema.required);
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([field]) => required.has(field) || random.chance(0.6),
      );
      return Object.fromEntries(wanted.map(([field, inner]) => [field, sampleOf(random, inner, words, field)]));
    }
    case 'array': {
      const items = schema.items ?? {};
      return Array.from({ length: 1 + random.below(3) }, () => sampleOf(random, items, words, name));
    }
    case 'integer':
    case 'number':
      if (random.chance(0.1)) return random.pick(EDGES);
      return Math.max(schema.minimum ?? 1, 1) + random.below(5);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return random.pick(words[name] ?? (schema.format === 'date' ? words.occurredOn : words.text) ?? ['x']);
  }
}
