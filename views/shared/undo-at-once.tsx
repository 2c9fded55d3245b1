import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { LinkButton, SubmitButton } from './button.tsx';
import { householdsOf } from './households-of.ts';
import { usePage } from './page-context.ts';
import { PostForm } from './post-form.tsx';
import { useVillageHref } from './village-href.ts';

type UndoneLine = { number: string; headName: string; balanceCentipoints: number; changeCentipoints: number };

export type UndoAtOnceProps = { operationId: string; idempotencyKey: string; lines: readonly UndoneLine[] };

/** More are not read one by one. */
const MOST_NAMED = 40;

/** Two presses, no other page: the first shows what would be taken back and what is left, the second does it. */
export function UndoAtOnce({ operationId, idempotencyKey, lines }: UndoAtOnceProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const total = lines.reduce((sum, { changeCentipoints }) => sum + changeCentipoints, 0);
  const [only] = lines;
  return (
    <details class="more">
      <summary>{t(lines.length > 1 ? 'shared.undo.batch' : 'shared.undo.one')}</summary>
      <div class="more-body flow">
        <ul>
          {lines.slice(0, MOST_NAMED).map(({ headName, balanceCentipoints, changeCentipoints }, place) => (
            <li key={`${place} ${headName}`}>
              {t('shared.undo.line', {
                name: headName,
                before: formatPoints(balanceCentipoints),
                after: formatPoints(balanceCentipoints + changeCentipoints),
              })}
            </li>
          ))}
        </ul>
        {lines.length > MOST_NAMED && <p class="soft">{t('shared.undo.more', { count: lines.length - MOST_NAMED })}</p>}
        <PostForm action={href('/undoings')} idempotencyKey={idempotencyKey} hidden={{ operation: operationId }}>
          <SubmitButton look="danger" icon="undo">
            {only && lines.length === 1
              ? t('shared.undo.confirmOne', {
                  points: formatSignedPoints(only.changeCentipoints),
                  after: formatPoints(only.balanceCentipoints + only.changeCentipoints),
                })
              : t('shared.undo.confirm', { count: householdsOf(lines), points: formatSignedPoints(total) })}
          </SubmitButton>
        </PostForm>
        <LinkButton look="quiet" href={href(`/reversals/new?operation=${operationId}`)}>
          {t('shared.undo.reason')}
        </LinkButton>
      </div>
    </details>
  );
}
