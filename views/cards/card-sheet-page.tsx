import { EmptyState } from '../shared/empty-state.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';

export type PrintedCard = {
  number: string;
  headName: string;
  groupName: string;
  /** The address behind the QR, in capital letters so that the code stays coarse. */
  address: string;
};

const CARDS_TO_A_SHEET = 10;

/** Ten cards of 85.6 × 54 mm to an A4 sheet, to be cut along the dashes. */
export function CardSheetPage({ cards, backHref }: { cards: readonly PrintedCard[]; backHref: string }) {
  const { t } = usePage();
  const sheets = Array.from({ length: Math.ceil(cards.length / CARDS_TO_A_SHEET) }, (_, index) =>
    cards.slice(index * CARDS_TO_A_SHEET, (index + 1) * CARDS_TO_A_SHEET),
  );
  return (
    <PrintLayout
      title={t('cards.sheet.title')}
      paper="cards"
      backHref={backHref}
      screenBar={<p class="desk-note">{t('cards.sheet.note', { count: cards.length })}</p>}
    >
      <h1 class="visually-hidden">{t('cards.sheet.title')}</h1>
      {cards.length === 0 && <EmptyState title={t('cards.sheet.none')} />}
      {sheets.map((sheet) => (
        <section key={sheet[0]?.number} class="card-sheet">
          {sheet.map((card) => (
            <PaperCard key={card.number} card={card} />
          ))}
        </section>
      ))}
    </PrintLayout>
  );
}

function PaperCard({ card }: { card: PrintedCard }) {
  const { t, village } = usePage();
  return (
    <article class="paper-card">
      <p class="paper-card-head">
        <strong>{village?.name}</strong> {t('cards.sheet.name')}
      </p>
      <div class="paper-card-words">
        <p class="paper-card-name">{t('cards.sheet.household', { name: card.headName })}</p>
        <p class="paper-card-group">{card.groupName}</p>
        <p class="paper-card-number">{card.number}</p>
      </div>
      <div class="paper-card-code">
        <QrCode text={card.address} label={t('cards.sheet.qr', { name: card.headName })} />
        <p>{t('cards.sheet.scan')}</p>
      </div>
      <p class="paper-card-foot">{t('cards.sheet.promise')}</p>
    </article>
  );
}
