import type { Translate } from '../shared/dictionary.ts';

type Present = {
  proxyRelation: 'family' | 'neighbour' | 'cadre' | null;
  proxyName: string | null;
  confirmedBy: string | null;
  paperSlip?: number | null | undefined;
  /** A photo was taken, with consent. */
  isPictured?: boolean | undefined;
};

/** Who fetched the goods and who confirmed, in words; nothing for the household itself. */
export function presenceFacts(
  t: Translate,
  { proxyRelation, proxyName, confirmedBy, paperSlip, isPictured = false }: Present,
): { label: string; value: string }[] {
  const facts: { label: string; value: string }[] = [];
  if (proxyRelation !== null) {
    const relation = t(`exchange.presence.proxy.${proxyRelation}`);
    const value = proxyName === null ? relation : t('exchange.presence.fetched', { relation, name: proxyName });
    facts.push({ label: t('exchange.presence.fetchedBy'), value });
  }
  if (confirmedBy !== null) facts.push({ label: t('exchange.presence.confirmed'), value: confirmedBy });
  if (isPictured) facts.push({ label: t('exchange.presence.photo'), value: t('exchange.presence.photoAgreed') });
  if (typeof paperSlip === 'number') {
    facts.push({ label: t('exchange.paper.label'), value: t('exchange.paper.on', { slip: paperSlip }) });
  }
  return facts;
}
