import { formatPoints } from '../../src/platform/points.ts';
import type { RecordContent } from '../../src/publication/index.ts';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';

type WechatTextProps = { content: RecordContent; windowFrom: string; windowTo: string; url: string };

/** 发微信群的文字: figures, days and the address, without anybody's name; to be selected and copied as it stands. */
export function WechatText({ content, windowFrom, windowTo, url }: WechatTextProps) {
  const { t, locale } = usePage();
  const { record, village, month, version } = content;
  const { givenCentipoints, exchangedCentipoints } = record.totals;
  const day = (value: string) => formatDay(value, locale, { short: true, today: value });
  const text = t('publication.wechat.text', {
    village: village.name,
    month: formatMonth(month, locale),
    version,
    given: formatPoints(givenCentipoints),
    exchanged: formatPoints(exchangedCentipoints),
    times: record.exchanges.length,
    from: day(windowFrom),
    to: day(windowTo),
    url,
  });
  return (
    <details class="more">
      <summary>{t('publication.wechat.title')}</summary>
      <div class="more-body flow">
        <label class="field-label" for="wechat-text">
          {t('publication.wechat.hint')}
        </label>
        <textarea class="input" id="wechat-text" rows={7} readOnly>
          {text}
        </textarea>
      </div>
    </details>
  );
}
