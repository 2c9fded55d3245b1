/** What may be printed of an error: errors of the database carry statements and people's data in their message. */
export function describeCrash(error: unknown): string {
  if (!(error instanceof Error)) return `crashed: ${typeof error}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const isOfDatabase = error.name === 'PostgresError' || error.name === 'DrizzleQueryError' || 'query' in error;
  const cause = error.cause instanceof Error ? [`caused by ${describeCrash(error.cause)}`] : [];
  return [`${error.name}${code}${isOfDatabase ? '' : `: ${error.message}`}`, ...frames, ...cause].join('\n');
}
