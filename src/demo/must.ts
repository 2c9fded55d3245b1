/** A command of the demonstration that must not be refused. */
export async function must<Outcome extends object>(
  outcome: Promise<Outcome>,
): Promise<Exclude<Outcome, { refused: string }>> {
  const answer = await outcome;
  if ('refused' in answer) throw new Error(JSON.stringify(answer));
  return answer as Exclude<Outcome, { refused: string }>;
}
