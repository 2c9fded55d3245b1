import type { ComponentChildren } from 'preact';

/** Stays at the lower edge of the window: what will happen in words, and the one button that does it. */
export function ActionBar({ summary, children }: { summary: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="action-bar">
      <div class="action-bar-words" role="status">
        {summary}
      </div>
      <div class="action-bar-buttons">{children}</div>
    </div>
  );
}
