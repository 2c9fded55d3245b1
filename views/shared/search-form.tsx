import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type SearchFormProps = {
  action: string;
  /** What to type: 姓名、拼音首字母或卡号. */
  label: string;
  hint?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** The region that changes while typing; its answer must hold a `role="status"` text. */
  liveTarget?: string | undefined;
  hidden?: Readonly<Record<string, string>> | undefined;
  autofocus?: boolean | undefined;
  buttonLabel?: string | undefined;
  /** More controls between box and button, for example a SelectField. */
  children?: ComponentChildren;
};

/** A plain GET form; with htmx the list follows the typing. */
export function SearchForm(props: SearchFormProps) {
  const { t } = usePage();
  const name = props.name ?? 'q';
  const id = `search-${name}`;
  const htmx = props.liveTarget && {
    'hx-get': props.action,
    'hx-target': props.liveTarget,
    'hx-select': props.liveTarget,
    'hx-swap': 'outerHTML',
    'hx-include': 'closest form',
    'hx-sync': 'this:replace',
    'hx-trigger': 'input changed delay:150ms',
  };
  return (
    <form class="search" method="get" action={props.action} role="search">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {Object.entries(props.hidden ?? {}).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      {props.children}
      <div class="search-row">
        <input
          class="input"
          id={id}
          type="search"
          name={name}
          value={props.value ?? ''}
          autocomplete="off"
          autofocus={props.autofocus}
          spellcheck={false}
          aria-describedby={props.hint ? `${id}-hint` : undefined}
          {...htmx}
        />
        <button type="submit" class="button button-secondary">
          <Icon name="search" />
          <span>{props.buttonLabel ?? t('shared.search')}</span>
        </button>
      </div>
    </form>
  );
}
