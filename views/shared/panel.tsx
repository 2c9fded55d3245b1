import type { ComponentChildren } from 'preact';
import { WholeNames } from './whole-names.tsx';

type PanelProps = {
  title?: string | undefined;
  /** A link or a tag beside the title. */
  aside?: ComponentChildren;
  class?: string | undefined;
  id?: string | undefined;
  children: ComponentChildren;
};

/** A sheet of paper on the page, with its own heading. */
export function Panel({ title, aside, class: className, id, children }: PanelProps) {
  return (
    <section class={className ? `panel ${className}` : 'panel'} id={id}>
      {title && (
        <div class="panel-head">
          <h2 class="panel-title">
            <WholeNames words={title} />
          </h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
