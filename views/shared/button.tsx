import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { useWholeAmounts } from './whole-amounts.ts';

type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

type SubmitButtonProps = {
  /** The act with its amount: 给 30 户各加 2 分. At most 20 characters. */
  children: ComponentChildren;
  look?: ButtonLook | undefined;
  icon?: IconName | undefined;
  /** For forms with several buttons. */
  name?: string | undefined;
  value?: string | undefined;
  disabled?: boolean | undefined;
  /** Across the whole width, for the one thing to do on a page. */
  wide?: boolean | undefined;
  formAction?: string | undefined;
  formNoValidate?: boolean | undefined;
  /** Where its part of the page is put in place anew: by its name the cursor comes back to it. */
  id?: string | undefined;
  /** The id of the form that it sends, where it stands outside of it. */
  form?: string | undefined;
  /** The key that presses it, shown where there is a keyboard: F9. */
  shortcut?: string | undefined;
  /** Says more than the visible word to a screen reader; must begin with that word. */
  ariaLabel?: string | undefined;
};

/** The one primary button of a form comes last and names what will happen. */
export function SubmitButton({ children, look, icon, wide, ariaLabel, shortcut, ...rest }: SubmitButtonProps) {
  return (
    <button type="submit" class={classOf(look, wide)} aria-label={ariaLabel} {...keyOf(shortcut)} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{useWholeAmounts(children)}</span>
      <Shortcut name={shortcut} />
    </button>
  );
}

/** The last digit of the key, with the browser's own key for it (Alt+9), works without a script too. */
function keyOf(shortcut: string | undefined) {
  return shortcut ? { 'data-key': shortcut, 'aria-keyshortcuts': shortcut, accesskey: shortcut.slice(-1) } : {};
}

/** Seen, not read out: that is what `aria-keyshortcuts` is for. */
export function Shortcut({ name }: { name: string | undefined }) {
  return name ? (
    <span class="shortcut" aria-hidden="true">
      {name}
    </span>
  ) : null;
}

type LinkButtonProps = Pick<
  SubmitButtonProps,
  'children' | 'look' | 'icon' | 'wide' | 'ariaLabel' | 'shortcut' | 'id'
> & {
  href: string;
};

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ children, look, icon, wide, ariaLabel, shortcut, href, id }: LinkButtonProps) {
  return (
    <a class={classOf(look ?? 'secondary', wide)} id={id} href={href} aria-label={ariaLabel} {...keyOf(shortcut)}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      <Shortcut name={shortcut} />
    </a>
  );
}

/** The buttons of one decision beside each other, under each other on a phone. */
export function ButtonRow({ children }: { children: ComponentChildren }) {
  return <div class="button-row">{children}</div>;
}

function classOf(look: ButtonLook = 'primary', wide = false): string {
  return `button button-${look}${wide ? ' button-wide' : ''}`;
}
