/** What a village does together. */
export const ACTIVITY_KINDS = ['labour', 'meeting', 'training', 'culture', 'volunteering', 'other'] as const;

export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export function activityKind(text: unknown): ActivityKind {
  return ACTIVITY_KINDS.find((kind) => kind === text) ?? 'other';
}
