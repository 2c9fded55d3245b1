import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

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
  /** Says more than the visible word to a screen reader; must begin with that word. */
  ariaLabel?: string | undefined;
};

/** The one primary button of a form comes last and names what will happen. */
export function SubmitButton({ children, look, icon, wide, ariaLabel, ...rest }: SubmitButtonProps) {
  return (
    <button type="submit" class={classOf(look, wide)} aria-label={ariaLabel} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

type LinkButtonProps = Pick<SubmitButtonProps, 'children' | 'look' | 'icon' | 'wide' | 'ariaLabel'> & { href: string };

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ children, look, icon, wide, ariaLabel, href }: LinkButtonProps) {
  return (
    <a class={classOf(look ?? 'secondary', wide)} href={href} aria-label={ariaLabel}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
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
