import type { HonourKind } from '../../src/honours/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { honourName } from './honour-name.ts';

export type NewRoundPageProps = {
  kinds: readonly HonourKind[];
  rules: readonly { code: string; name: string; pointsCentipoints: number }[];
  values: { kind: string; rule: string; closes: string; idempotencyKey: string };
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
};

/** 开始评选: which honour, its points, and until when somebody may be nominated. */
export function NewRoundPage({ kinds, rules, values, errors, refusal }: NewRoundPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('honours.new')}
      lead={t('honours.newLead')}
      width="narrow"
      crumbs={[{ href: href('/honours'), label: t('honours.crumb') }]}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <Panel>
        <PostForm action={href('/honours/rounds')} idempotencyKey={values.idempotencyKey}>
          <SelectField
            name="kind"
            label={t('honours.kind')}
            prompt={t('honours.choose')}
            value={values.kind}
            error={errorOf('kind')}
            options={kinds.map((kind) => ({ value: kind, label: honourName(kind, t) }))}
          />
          <SelectField
            name="rule"
            label={t('honours.rule')}
            hint={t('honours.ruleHint')}
            prompt={t('honours.choose')}
            value={values.rule}
            error={errorOf('rule')}
            options={rules.map(({ code, name, pointsCentipoints }) => ({
              value: code,
              label: t('honours.ruleOption', { name, points: formatPoints(pointsCentipoints) }),
            }))}
          />
          <TextField
            name="closes"
            type="date"
            label={t('honours.closes')}
            hint={t('honours.closesHint')}
            value={values.closes}
            error={errorOf('closes')}
            size="short"
          />
          <SubmitButton>{t('honours.open')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
