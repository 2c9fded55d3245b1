import { evidenceInWords } from '../../views/claims/board-page.tsx';
import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { boardSheets } from './board.ts';
import { claimList } from './claims.ts';
import { declaredHouseholds } from './kinship.ts';
import { objectionsOf } from './objections.ts';
import { waivers } from './waived-duties.ts';

/** 申报、异议、亲属回避和乡镇准许; what somebody said against a line is left to those who answer. */
export const claimExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;
  /** What hung on the board, as everybody could read it there. */
  async function* hung(villageId: number) {
    const read = readInPages(
      (before, limit) => boardSheets(sql, villageId, { before, limit }),
      ({ sheet }) => sheet,
    );
    for await (const sheets of read) yield sheets.flatMap((sheet) => sheet.lines.map((line) => ({ sheet, line })));
  }
  const allClaims = (villageId: number) =>
    readInPages(
      (beforeSeq, limit) => claimList(sql, villageId, { view: 'all', beforeSeq, limit }),
      ({ submittedSeq }) => submittedSeq,
    );

  offerList(app, services, {
    name: 'claims',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('claims.title'),
    rows: ({ placeId }) => allClaims(placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ submittedSeq }) => submittedSeq },
      { label: t('shared.list.recordedAt'), cell: ({ submittedAt }) => submittedAt },
      { label: t('shared.list.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ number }) => number },
      { label: t('claims.what'), cell: ({ ruleName }) => ruleName },
      { label: t('claims.day'), cell: ({ occurredOn }) => occurredOn },
      { label: t('claims.points'), kind: 'points', cell: ({ amountCentipoints }) => amountCentipoints },
      { label: t('claims.note'), cell: ({ note }) => note },
      { label: t('claims.state'), cell: ({ state }) => t(`claims.state.${state}`) },
      { label: t('shared.list.cause'), cell: ({ reason }) => reason },
      { label: t('shared.list.by'), cell: ({ recordedByName }) => recordedByName },
      { label: t('shared.list.decidedBy'), cell: ({ passedByNames }) => passedByNames.join(t('shared.comma')) },
      { label: t('shared.list.postedOn'), cell: ({ postedOn }) => postedOn },
      { label: t('shared.list.clearsOn'), cell: ({ clearsOn }) => clearsOn },
    ],
  });

  offerList(app, services, {
    name: 'board',
    access: 'everybody',
    title: (t) => t('claims.board.title'),
    rows: ({ placeId }) => hung(placeId),
    columns: (t) => [
      { label: t('claims.board.sheetNumber'), cell: ({ sheet }) => sheet.sheet },
      { label: t('shared.list.postedOn'), cell: ({ sheet }) => sheet.postedOn },
      { label: t('shared.list.household'), cell: ({ line }) => line.name ?? t('claims.board.unnamed') },
      { label: t('shared.list.group'), cell: ({ line }) => line.groupName },
      { label: t('claims.what'), cell: ({ line }) => line.ruleName },
      { label: t('claims.day'), cell: ({ line }) => line.occurredOn },
      { label: t('claims.points'), kind: 'points', cell: ({ line }) => line.amountCentipoints },
      { label: t('claims.board.evidence'), cell: ({ line }) => evidenceInWords(line, t) },
      { label: t('claims.board.first'), cell: ({ line }) => line.firstReviewer },
      { label: t('claims.board.second'), cell: ({ line }) => line.secondReviewer },
      { label: t('shared.list.clearsOn'), cell: ({ line }) => line.clearsOn },
      { label: t('claims.state'), cell: ({ line }) => t(`claims.state.${line.state}`) },
    ],
  });

  offerList(app, services, {
    name: 'objections',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('claims.objection.title'),
    rows: ({ placeId }) => objected(placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ objection }) => objection.filedSeq },
      { label: t('claims.objection.filedOn'), cell: ({ objection }) => objection.filedOn },
      { label: t('shared.list.household'), cell: ({ claim }) => claim.headName },
      { label: t('shared.list.group'), cell: ({ claim }) => claim.groupName },
      { label: t('claims.what'), cell: ({ claim }) => claim.ruleName },
      { label: t('claims.points'), kind: 'points', cell: ({ claim }) => claim.amountCentipoints },
      { label: t('claims.objection.answerBy'), cell: ({ objection }) => objection.answerBy },
      {
        label: t('claims.objection.outcome'),
        cell: ({ objection }) => objection.outcome && t(`claims.objection.${objection.outcome}`),
      },
      { label: t('claims.objection.answeredOn'), cell: ({ objection }) => objection.answeredOn },
      { label: t('claims.objection.answer'), cell: ({ objection }) => objection.answer },
      { label: t('claims.objection.witness'), cell: ({ objection }) => objection.witness },
    ],
  });

  offerList(app, services, {
    name: 'kin',
    access: 'kin.declare',
    namesHouseholds: true,
    title: (t) => t('claims.kin.title'),
    rows: ({ placeId, personId }) => declaredHouseholds(sql, placeId, personId ?? 0),
    columns: (t) => [
      { label: t('claims.kin.title'), cell: ({ relation }) => t(`claims.kin.${relation}`) },
      { label: t('shared.list.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ number }) => number },
    ],
  });

  offerList(app, services, {
    name: 'waivers',
    access: 'village.read',
    title: (t) => t('claims.waiver.list'),
    rows: ({ placeId }) => waivers(sql, placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('shared.list.recordedAt'), cell: ({ recordedAt }) => recordedAt },
      {
        label: t('claims.waiver.duties'),
        cell: ({ duties }) =>
          duties.map((duty) => t(`claims.waiver.${duty}`)).join(t('shared.comma')) || t('claims.waiver.nothing'),
      },
      { label: t('claims.waiver.until'), cell: ({ until }) => until },
      { label: t('shared.list.by'), cell: ({ recordedByName }) => recordedByName },
    ],
  });

  async function* objected(villageId: number) {
    for await (const claims of allClaims(villageId)) {
      const byId = new Map(claims.map((claim) => [claim.claimId, claim]));
      const objections = await objectionsOf(sql, villageId, [...byId.keys()]);
      yield objections.reverse().flatMap((objection) => {
        const claim = byId.get(objection.claimId);
        return claim ? [{ objection, claim }] : [];
      });
    }
  }
};
