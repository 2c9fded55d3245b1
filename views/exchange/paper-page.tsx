import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ButtonRow, SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type PaperForm = {
  slip: string;
  day: string;
  card: string;
  rows: readonly { code: string; quantity: string }[];
  handedOutBy: string;
  witness: string;
};

export type PaperPageProps = {
  form: PaperForm;
  goods: readonly { code: string; name: string; spec: string; priceCentipoints: number }[];
  candidates?: readonly HouseholdCandidate[] | undefined;
  missing: readonly number[];
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
  /** What was found right: the press says what it does. */
  checked?: { summary: string; spentCentipoints: number; leftCentipoints: number; seen: string } | undefined;
};

/** 补录纸条: what the slip says, a look at what it does, and the press. */
export function PaperPage(props: PaperPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { form, goods, candidates, missing, idempotencyKey, errors, notice, checked } = props;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const options = goods.map(({ code, name, spec, priceCentipoints }) => ({
    value: code,
    label: `${name} ${spec} ${t('shared.pointsOf', { points: formatPoints(priceCentipoints) })}`,
  }));
  return (
    <Layout
      title={t('exchange.paper.title')}
      lead={t('exchange.paper.lead')}
      width="narrow"
      crumbs={[{ href: href('/counter'), label: t('exchange.counter.title') }]}
      errors={errors}
      notice={notice}
    >
      {missing.length > 0 && (
        <Notice kind="info">{t('exchange.paper.missing', { slips: missing.join(t('shared.comma')) })}</Notice>
      )}
      <PostForm
        action={href('/paper-slips')}
        idempotencyKey={idempotencyKey}
        hidden={checked && { quoted: checked.spentCentipoints, seen: checked.seen }}
        class="steps"
      >
        {checked && (
          <Notice kind="info" title={checked.summary} focused>
            <SubmitButton icon="check" name="confirmed" value="yes">
              {t('exchange.paper.confirm', {
                spent: formatPoints(checked.spentCentipoints),
                left: formatPoints(checked.leftCentipoints),
              })}
            </SubmitButton>
          </Notice>
        )}
        <Panel>
          <TextField
            name="slip"
            label={t('exchange.paper.slip')}
            inputMode="numeric"
            size="short"
            value={form.slip}
            error={errorOf('slip')}
          />
          <TextField
            name="day"
            label={t('exchange.paper.day')}
            hint={t('exchange.paper.dayHint')}
            type="date"
            size="short"
            value={form.day}
            error={errorOf('day')}
          />
          <HouseholdField
            name="card"
            label={t('exchange.paper.card')}
            value={form.card}
            candidates={candidates}
            error={errorOf('card')}
          />
        </Panel>
        <Panel title={t('exchange.paper.goods')}>
          <p class="soft">{t('exchange.paper.rows')}</p>
          {form.rows.map((row, index) => (
            <fieldset key={`row ${index + 1}`}>
              <legend class="visually-hidden">{t('exchange.paper.row', { row: index + 1 })}</legend>
              <div class="field-pair">
                <SelectField
                  name={`code.${index}`}
                  label={t('exchange.paper.item')}
                  optional={index > 0 && 'unsaid'}
                  options={options}
                  prompt={t('exchange.paper.choose')}
                  value={row.code}
                  error={errorOf(`code.${index}`)}
                />
                <TextField
                  name={`quantity.${index}`}
                  label={t('exchange.paper.count')}
                  optional={index > 0 && 'unsaid'}
                  inputMode="numeric"
                  size="short"
                  value={row.quantity}
                  error={errorOf(`quantity.${index}`)}
                />
              </div>
            </fieldset>
          ))}
        </Panel>
        <Panel title={t('exchange.paper.people')}>
          <TextField
            name="handedOutBy"
            label={t('exchange.paper.handedOutBy')}
            maxLength={20}
            value={form.handedOutBy}
            error={errorOf('handedOutBy')}
          />
          <TextField
            name="witness"
            label={t('exchange.paper.witness')}
            hint={t('exchange.paper.witnessHint')}
            maxLength={20}
            value={form.witness}
            error={errorOf('witness')}
          />
        </Panel>
        <ButtonRow>
          <SubmitButton icon="arrow" look={checked ? 'secondary' : 'primary'}>
            {checked ? t('exchange.paper.recheck') : t('exchange.paper.check')}
          </SubmitButton>
        </ButtonRow>
      </PostForm>
      <ExportLinks list="paper-slips" what={t('exchange.paper.list')} />
    </Layout>
  );
}
