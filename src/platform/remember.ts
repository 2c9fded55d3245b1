/** What hardly ever changes is read again only after a while. What was not found is looked for each time, for it may be there now. */
export function rememberFor<Value>(
  keepMs: number,
  read: (key: string) => Promise<Value | null>,
): (key: string) => Promise<Value | null> {
  const known = new Map<string, { value: Value; readAt: number }>();
  return async (key) => {
    const before = known.get(key);
    if (before && performance.now() - before.readAt < keepMs) return before.value;
    const value = await read(key);
    if (value === null) known.delete(key);
    else known.set(key, { value, readAt: performance.now() });
    return value;
  };
}
