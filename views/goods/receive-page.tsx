import type { FaultyField, ReadRow } from '../../src/goods/index.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { ButtonRow, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import type { NewGoodsValues } from './new-goods-fields.tsx';
import { type ReceiptPapersFacts, ReceiptPapersPanel } from './receipt-papers.tsx';
import { ReceiveRow } from './receive-row.tsx';

export type ReceivePageProps = {
  /** Reads the form again or shows what to check; nothing is recorded there. */
  checkHref: string;
  /** Drawn once for the form and kept to the last press. */
  idempotencyKey: string;
  kind: string;
  sourceName: string;
  occurredOn: string;
  papers: ReceiptPapersFacts;
  rows: readonly ReceiveRowProps[];
  /** What a browser offers while somebody types; the words in it begin with the name. */
  goodsLabels: readonly string[];
  faults: readonly FaultyField[];
  /** What is wrong with goods that are to be added. */
  newErrors?: FieldErrors | undefined;
  /** Why the goods were not taken in. */
  refusal?: string | undefined;
  /** The place for the next scan. */
  focusedRow?: number | undefined;
};

export type ReceiveRowProps = ReadRow & {
  /** The day until which the goods keep at most. */
  latestUseBy?: string | undefined;
  /** Of what the village does not know: what is asked to add it. */
  newGoods?: NewGoodsValues | undefined;
};

const GOODS_LIST = 'goods-list';

/** 进货: from where, what, how many; a scanner fills the rows one by one. */
export function ReceivePage(props: ReceivePageProps) {
  const { t } = usePage();
  const errors = [...errorsOf(t, props.faults), ...(props.newErrors ?? [])];
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('goods.receive.title')}
      lead={t('goods.receive.lead')}
      errors={errors}
      notice={
        props.refusal && (
          <Notice kind="refusal" focused>
            {props.refusal}
          </Notice>
        )
      }
    >
      <PostForm action={props.checkHref} idempotencyKey={props.idempotencyKey} class="steps">
        <div class="two-columns">
          <Panel title={t('goods.receive.stepSource')}>
            <ChoiceGroup
              kind="radio"
              name="kind"
              label={t('goods.receive.kind')}
              columns="names"
              error={errorOf('kind')}
              chosen={[props.kind]}
              choices={[
                { value: 'donation', label: t('goods.receive.donation') },
                { value: 'purchase', label: t('goods.receive.purchase') },
              ]}
            />
            <TextField
              name="sourceName"
              label={t('goods.receive.sourceName')}
              hint={t('goods.receive.sourceHint')}
              maxLength={80}
              value={props.sourceName}
              error={errorOf('sourceName')}
            />
            <TextField
              name="occurredOn"
              label={t('goods.receive.day')}
              type="date"
              size="short"
              value={props.occurredOn}
              error={errorOf('occurredOn')}
            />
          </Panel>
          <ReceiptPapersPanel papers={props.papers} errorOf={errorOf} />
        </div>
        <Panel title={t('goods.receive.stepGoods')} aside={<FindButton />}>
          <p class="field-hint">{t('goods.receive.rowsHint')}</p>
          <datalist id={GOODS_LIST}>
            {props.goodsLabels.map((label) => (
              <option key={label} value={label} />
            ))}
          </datalist>
          {props.rows.map((row, index) => (
            <ReceiveRow
              key={index}
              row={row}
              index={index}
              listId={GOODS_LIST}
              errorOf={errorOf}
              focused={index === props.focusedRow}
            />
          ))}
          <ButtonRow>
            <SubmitButton look="secondary" icon="plus" name="do" value="more">
              {t('goods.receive.more')}
            </SubmitButton>
          </ButtonRow>
        </Panel>
        <ActionBar summary={t('goods.receive.checkHint')}>
          <SubmitButton icon="arrow" name="do" value="check">
            {t('goods.receive.check')}
          </SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

/** The first button of the form is what Enter presses: a scanner ends every code with it, and must not leave the form. */
function FindButton() {
  const { t } = usePage();
  return (
    <SubmitButton look="secondary" icon="search" name="do" value="find">
      {t('goods.receive.find')}
    </SubmitButton>
  );
}

function errorsOf(t: Translate, faults: readonly FaultyField[]): FieldErrors {
  return faults.map(({ name, fault }) => {
    const row = /-(\d+)$/.exec(name)?.[1];
    const message = t(`goods.fault.${fault}`);
    return {
      name,
      message: row === undefined ? message : t('goods.fault.inRow', { number: Number(row) + 1, fault: message }),
    };
  });
}
