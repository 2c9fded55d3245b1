/** What a form would send, its files left out. */
export function fieldsOf(form: HTMLFormElement): [name: string, value: string][] {
  return [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string');
}
