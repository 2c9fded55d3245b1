import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { usePage } from './page-context.ts';

type NoticeKind = 'success' | 'refusal' | 'warning' | 'info';

const signs: Record<NoticeKind, IconName> = { success: 'check', refusal: 'cross', warning: 'warning', info: 'info' };

type NoticeProps = {
  kind: NoticeKind;
  /** Default: 办好了, 没有办成, 请留意; none for `info`. */
  title?: string | undefined;
  /** The sentence that says what happened and what to do next. */
  children: ComponentChildren;
  /** Takes the focus after a swap or a full load, where it is the answer to what was just pressed. */
  focused?: boolean | undefined;
  id?: string | undefined;
};

/** What came of an act, in words. Refusals interrupt a screen reader, the others wait for it. */
export function Notice({ kind, title, children, focused, id }: NoticeProps) {
  const { t } = usePage();
  const defaults = {
    success: t('shared.successWord'),
    refusal: t('shared.refusalWord'),
    warning: t('shared.warningWord'),
    info: undefined,
  };
  const heading = title ?? defaults[kind];
  return (
    <div
      class={`notice notice-${kind}`}
      role={kind === 'refusal' ? 'alert' : 'status'}
      id={id}
      {...(focused && { tabIndex: -1, autofocus: true })}
    >
      <Icon name={signs[kind]} />
      <div class="notice-words">
        {heading && <p class="notice-title">{heading}</p>}
        <div class="notice-text">{children}</div>
      </div>
    </div>
  );
}
