/** Draws a name that the server has masked already (`王*国`); this file never masks. */
export function MaskedName({ name }: { name: string }) {
  return <span class="masked-name">{name}</span>;
}
