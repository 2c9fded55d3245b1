/** A part of a page as the server draws it now. Null where something else came: a sign-in that has ended, a refusal, a broken server. */
export async function askPart(
  address: string,
  { selector, ...init }: RequestInit & { selector: string },
): Promise<Document | null> {
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' };
  const answer = await fetch(address, { ...init, headers });
  const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return drawn.querySelector(selector) ? drawn : null;
}
