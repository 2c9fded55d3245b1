import type { Reader } from '../platform/database/db.ts';
import { type AwardForm, decidedFields, keyOf, memberAnswer, missingFields } from './award-form.ts';
import { type AwardPreview, awardPreview, namedOpen, type PreviewRefusal } from './award-preview.ts';
import { awardSelection } from './award-selection.ts';

/** What the form would do, and to whom. */
interface AwardLive {
  chips: {
    number: string;
    /** Who of the household, where each person has a line. */
    memberName?: string | undefined;
    /** What takes it away again: the household, or of several only this person. */
    drop: string;
    headName: string;
    groupName: string;
    balanceCentipoints?: number;
    balanceAfterCentipoints?: number;
  }[];
  /** What somebody has to decide first. */
  open: AwardPreview['open'];
  excluded: AwardPreview['excluded'];
  flagged: number;
  refusal?: PreviewRefusal;
  confirm?: { idempotencyKey: string; fields: Record<string, string> } & Pick<AwardPreview, 'rule' | 'lines'>;
}

/** What the form would do as it stands. It can be recorded from here only where nobody has to look or decide first. */
export async function awardLive(sql: Reader, villageId: number, form: AwardForm, today: string): Promise<AwardLive> {
  if (missingFields(form).length > 0) return chosenSoFar(sql, villageId, form);
  const preview = await awardPreview(sql, villageId, form, today);
  if ('refused' in preview) return { ...(await chosenSoFar(sql, villageId, form)), refusal: preview };
  const { open, excluded, lines, rule } = preview;
  const flagged = lines.filter(isWorthALook).length;
  const isReady = open.length + excluded.length + flagged === 0 && lines.length > 0;
  return {
    chips: chipsOf(preview),
    open,
    excluded,
    flagged,
    ...(isReady && {
      confirm: { idempotencyKey: keyOf(form), rule, lines, fields: decidedFields(form, lines) },
    }),
  };
}

function chipsOf({ lines, excluded }: AwardPreview): AwardLive['chips'] {
  const numbers = [...lines, ...excluded].map(({ number }) => number);
  const isAlone = (number: string) => numbers.indexOf(number) === numbers.lastIndexOf(number);
  return [
    ...lines.map(({ number, member, headName, groupName, balanceCentipoints, balanceAfterCentipoints }) => ({
      number,
      memberName: member?.name,
      drop: member && !isAlone(number) ? memberAnswer(number, member.memberId) : number,
      headName,
      groupName,
      balanceCentipoints,
      balanceAfterCentipoints,
    })),
    ...excluded.map(({ number, memberName, skip, headName, groupName }) => ({
      number,
      memberName,
      drop: isAlone(number) ? number : skip,
      headName,
      groupName,
    })),
  ];
}

function isWorthALook({ isSameDay, isCut, twins, leftOver }: AwardPreview['lines'][number]): boolean {
  return isSameDay || isCut || twins.length + leftOver.length > 0;
}

async function chosenSoFar(sql: Reader, villageId: number, form: AwardForm): Promise<AwardLive> {
  const { numbers, open, households } = await awardSelection(sql, villageId, form);
  const chips = numbers.flatMap((number) => {
    const found = households.get(number);
    return found ? [{ number, drop: number, headName: found.headName, groupName: found.groupName }] : [];
  });
  return { chips, open: namedOpen(open, households), excluded: [], flagged: 0 };
}
