/**
 * Spreadsheets take a text that begins like a formula for one as soon as it is opened, edited or goes through CSV; the apostrophe
 * makes it text for good.
 */
export function guardText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
