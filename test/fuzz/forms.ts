/** Reads the forms and links of a page as a browser would, as far as a fuzz needs it. */
export interface FoundForm {
  action: string;
  method: 'GET' | 'POST';
  fields: [name: string, value: string][];
}

export function formsIn(html: string): FoundForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', content = '']) => {
    const { action = '', method = 'get' } = attributesOf(attributes);
    return { action, method: method.toLowerCase() === 'post' ? 'POST' : 'GET', fields: fieldsIn(content) };
  });
}

export function linksIn(html: string): string[] {
  return [...html.matchAll(/\bhref="(\/[^"]*)"/g)].map(([, href = '']) => unescaped(href));
}

function fieldsIn(content: string): [string, string][] {
  const fields: [string, string][] = [];
  for (const [, tag, attributes = ''] of content.matchAll(/<(input|textarea|select|button)\b([^>]*)>/g)) {
    const { name, value = '', type } = attributesOf(attributes);
    if (name === undefined || name === '_csrf') continue;
    // A choice that is not made is sometimes made all the same.
    fields.push([name, tag === 'select' ? '' : value || (type === 'checkbox' ? 'on' : '')]);
  }
  for (const [, attributes = '', options = ''] of content.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const { name } = attributesOf(attributes);
    const values = [...options.matchAll(/<option\b([^>]*)>/g)].map(
      ([, option = '']) => attributesOf(option).value ?? '',
    );
    const field = fields.find(([other]) => other === name);
    if (field) field[1] = values.at(-1) ?? '';
  }
  return fields;
}

function attributesOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
