import type { ComponentChildren } from 'preact';

/** Many equal ways to go on, none of them first: a tidy block of buttons of one width. */
export function ButtonBlock({ children }: { children: ComponentChildren }) {
  return <div class="button-block">{children}</div>;
}
