import type { ActivityKind } from '../../src/activities/activity-kinds.ts';
import type { Translate } from '../shared/dictionary.ts';

/** 义务劳动 by its name in the record. */
export function activityName(kind: string, t: Translate): string {
  return t(NAMES[kind as ActivityKind] ?? NAMES.other);
}

const NAMES = {
  labour: 'activities.kind.labour',
  meeting: 'activities.kind.meeting',
  training: 'activities.kind.training',
  culture: 'activities.kind.culture',
  volunteering: 'activities.kind.volunteering',
  other: 'activities.kind.other',
} as const satisfies Record<ActivityKind, `activities.kind.${ActivityKind}`>;
