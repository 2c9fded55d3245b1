/** Text within a pattern of `like`: what would mean anything there means itself. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
