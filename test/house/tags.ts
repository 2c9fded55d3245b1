/** Opening tags with their attributes, from TSX and from rendered HTML alike. */
export type Tag = { name: string; attributes: ReadonlyMap<string, string>; index: number; end: number };

/** A tag begins with a letter right after `<`; a type argument stands right after a name, and no tag does. */
const OPENING = /(?<![\w)\]$])<([A-Za-z][\w.-]*)(?=[\s/>])/g;
const ATTRIBUTE = /[^\s=>/{"']+/y;

export function parseTags(text: string): Tag[] {
  return [...text.matchAll(OPENING)].map((match) => {
    const start = match.index + match[0].length;
    const { attributes, end } = readAttributes(text, start);
    return { name: match[1] ?? '', attributes, index: match.index, end };
  });
}

function readAttributes(text: string, start: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let at = start;
  while (at < text.length && text[at] !== '>') {
    ATTRIBUTE.lastIndex = at;
    const name = ATTRIBUTE.exec(text)?.[0];
    if (name === undefined) {
      // A space, the slash of an empty element, or a spread, whose keys are read as an object.
      at = text[at] === '{' ? endOfValue(text, at) : at + 1;
      continue;
    }
    at += name.length;
    const equals = /^\s*=\s*/.exec(text.slice(at, at + 40))?.[0];
    if (equals === undefined) {
      attributes.set(name, '');
      continue;
    }
    const end = endOfValue(text, at + equals.length);
    attributes.set(name, text.slice(at + equals.length, end));
    at = end;
  }
  return { attributes, end: at + 1 };
}

/** Behind a quoted text, an expression in braces (which may hold both), or a bare word. */
function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"' || first === "'") {
    const end = text.indexOf(first, start + 1);
    return end === -1 ? text.length : end + 1;
  }
  if (first !== '{') {
    return start + (/^[^\s>]*/.exec(text.slice(start))?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '{') {
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    } else if (char === '"' || char === "'") {
      at = text.indexOf(char, at + 1);
      if (at === -1) {
        break;
      }
    }
  }
  return text.length;
}

/** `"a"`, `{'a'}` and `{"a"}` say the same; anything else stays the expression that it is. */
export function plainValue(value: string | undefined): string | undefined {
  return value === undefined ? undefined : (/^(?:\{\s*)?(["'`])(.*)\1(?:\s*\})?$/s.exec(value)?.[2] ?? value);
}
