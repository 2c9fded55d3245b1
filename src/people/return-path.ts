/** Where a form leads back to: an address of this site and no other. Browsers read `//x` and `/\x` as another site's name. */
export function safeReturnPath(path: string | undefined, otherwise: string): string {
  return path !== undefined && path.length <= 2000 && /^\/(?![/\\])[!-[\]-~]*$/.test(path) ? path : otherwise;
}
