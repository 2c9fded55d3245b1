import { allOf, lastOf, typedWords } from '../platform/http/form-fields.ts';
import { WISH_KINDS, type WishKind } from './decide-wish.ts';

type Body = Readonly<Record<string, unknown>>;

export interface TypedWish {
  kind: string;
  words: string;
  contact: string;
}

export const BLANK_WISH: TypedWish = { kind: 'goods', words: '', contact: '' };

export function typedWish(body: Body): TypedWish {
  return {
    kind: lastOf(body['kind']) ?? 'goods',
    words: typedWords(body, 'words'),
    contact: typedWords(body, 'contact', 100),
  };
}

export function kindOf({ kind }: TypedWish): WishKind {
  return WISH_KINDS.find((one) => one === kind) ?? 'goods';
}

/** A line says something and is one line. */
export function isLine(words: string): boolean {
  return words.length >= 2 && words.length <= 200;
}

/** A line, or a voice note with a line or without. */
export function saysSomething(words: string, voice: string | null): boolean {
  return isLine(words) || (voice !== null && words === '');
}

export function typedNumber(body: Body, name: string): number | null {
  const text = typedWords(body, name, 12).normalize('NFKC');
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function keptIds(body: Body): string[] {
  return allOf(body['photoIds']).slice(0, 4);
}
