import type { ComponentChildren } from 'preact';
import { Document } from './document.tsx';
import { HelpLink } from './help-link.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type PrintLayoutProps = {
  title: string;
  /** A4 sheets for the board, A4 with ten cards to cut, or the 58 mm roll of a receipt printer. */
  paper: 'a4' | 'cards' | 'slip';
  /** Of a slip: how many printed lines it has, from which its length follows. */
  slipLines?: number | undefined;
  /** Where the way back leads; it is not printed. */
  backHref: string;
  /** What stands on the screen only: how to print, other files. */
  screenBar?: ComponentChildren;
  children: ComponentChildren;
};

/** A page made for paper; on the screen the sheet lies on a desk with a bar above it. */
export function PrintLayout({ title, paper, slipLines, backHref, screenBar, children }: PrintLayoutProps) {
  const { t } = usePage();
  return (
    <Document title={title} bodyClass={`desk desk-${paper}`} script="tools" styles={['sheetCss']}>
      <header class="desk-bar">
        <a class="button button-quiet" href={backHref}>
          <Icon name="back" />
          <span>{t('shared.back')}</span>
        </a>
        {screenBar}
        <button class="button button-primary" type="button" data-print hidden>
          <Icon name="print" />
          <span>{t('shared.print')}</span>
        </button>
        <HelpLink />
      </header>
      <main class={`sheet sheet-${paper}${paper === 'slip' ? ` ${slipLength(slipLines)}` : ''}`} id="main">
        {children}
      </main>
    </Document>
  );
}

/** 11 pt lines of 1.35 on a roll, with the code and the margins: the next of five page lengths in app.css. */
function slipLength(lines = 12): string {
  const needed = 55 + lines * 5.3;
  return `slip-${[100, 140, 180, 240].find((length) => length >= needed) ?? 320}`;
}
