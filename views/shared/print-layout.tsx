import type { ComponentChildren } from 'preact';
import { Document } from './document.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type PrintLayoutProps = {
  title: string;
  /** A4 sheets on the board, or the 58 mm roll of a receipt printer. */
  paper: 'a4' | 'slip';
  /** Where the way back leads; it is not printed. */
  backHref: string;
  /** What stands on the screen only: how to print, other files. */
  screenBar?: ComponentChildren;
  children: ComponentChildren;
};

/** A page made for paper; on the screen the sheet lies on a desk with a bar above it. */
export function PrintLayout({ title, paper, backHref, screenBar, children }: PrintLayoutProps) {
  const { t } = usePage();
  return (
    <Document title={title} bodyClass={`desk desk-${paper}`} textSize="standard" script="tools">
      <div class="desk-bar">
        <a class="button button-quiet" href={backHref}>
          <Icon name="back" />
          <span>{t('shared.back')}</span>
        </a>
        {screenBar}
        <button class="button button-primary" type="button" data-print hidden>
          <Icon name="print" />
          <span>{t('shared.print')}</span>
        </button>
      </div>
      <main class={`sheet sheet-${paper}`} id="main">
        {children}
      </main>
    </Document>
  );
}
