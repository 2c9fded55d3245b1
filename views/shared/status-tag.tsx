import type { ComponentChildren } from 'preact';

type StatusTagProps = { tone: 'good' | 'warning' | 'bad' | 'plain'; children: ComponentChildren };

/** A state in one or two words: 有效, 挂失, 待公示. Colour only repeats the word. */
export function StatusTag({ tone, children }: StatusTagProps) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}
