import { ComparisonPage } from '../../views/oversight/comparison-page.tsx';
import { CountyPage } from '../../views/oversight/county-page.tsx';
import { DeskPage } from '../../views/oversight/desk-page.tsx';
import { FirstStepsPage } from '../../views/oversight/first-steps.tsx';
import { VillagePage } from '../../views/oversight/village-page.tsx';
import { openObjections, waitingCounts } from '../claims/index.ts';
import { awaitsSetUp, type Capability, may, regionOf, viewerOf, villageOf } from '../people/index.ts';
import { monthOf } from '../platform/clock.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageSettings } from '../settings/index.ts';
import { compareVillages } from './comparison.ts';
import { deskState, lastOperations } from './desk.ts';
import { firstSteps } from './first-steps.ts';
import { reviewMonth } from './month-review.ts';
import { secondLooks } from './second-looks.ts';
import { villageDirectory, villageProfile } from './village-directory.ts';
import { villageWarnings } from './village-warnings.ts';
import { villageWork } from './village-work.ts';

const LAST_OPERATIONS = 5;

export const oversightRoutes: Routes = async (app, { config, db: { sql } }) => {
  app.get('/', { config: { access: 'everybody' } }, async (request, reply) => {
    const villages = await villageDirectory(sql, request.today);
    const isEmpty = villages.length === 0 && (await awaitsSetUp(sql, config));
    return isEmpty ? reply.redirect('/set-up', 303) : reply.page(<CountyPage villages={villages} />);
  });

  app.get('/villages', { config: { access: 'everybody' } }, async (_request, reply) => reply.redirect('/', 303));

  app.get('/villages/:village', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = villageOf(request);
    const [profile, { openingDays }] = await Promise.all([
      villageProfile(sql, village.villageId, request.today),
      villageSettings(sql, village.villageId),
    ]);
    return reply.page(<VillagePage village={village} profile={profile} openingDays={openingDays} />);
  });

  app.get('/villages/:village/desk', { config: { access: 'village.read' } }, async (request, reply) => {
    const village = villageOf(request);
    const { appointments, personId } = viewerOf(request);
    const allows = (capability: Capability) => may(appointments, capability, village);
    const second = {
      proposals: allows('goods.approve'),
      counts: allows('goods.check'),
      receipts: allows('goods.check'),
      gifts: allows('gift.inspect'),
    };
    const rights = {
      award: allows('points.award'),
      redeem: allows('goods.redeem'),
      receive: allows('goods.receive'),
      open: allows('card.open'),
      reverse: allows('act.reverse'),
      publish: allows('record.publish'),
      waive: allows('duties.waive'),
      inspect: second.gifts,
      steps: {
        record: allows('points.award'),
        group: allows('claim.review'),
        committee: allows('claim.approve'),
        supervisor: allows('claim.endorse'),
      },
    };
    const [state, { warnings }, operations, claims, objections, work, looks, steps] = await Promise.all([
      deskState(sql, village.villageId, request.today),
      villageWarnings(sql, { ...village, today: request.today }),
      lastOperations(sql, village.villageId, { personId, limit: LAST_OPERATIONS }),
      waitingCounts(sql, village.villageId, { personId, today: request.today }),
      openObjections(sql, village.villageId),
      villageWork(sql, { ...village, today: request.today }),
      secondLooks(sql, { ...village, personId, may: second }),
      firstSteps(sql, village.villageId, request.today),
    ]);
    const reviewed = state.unpublishedMonths[0] ?? monthOf(request.today);
    const review = rights.award || rights.redeem ? null : await reviewMonth(sql, village.villageId, reviewed);
    return reply.page(
      <DeskPage
        villageHref={`/villages/${village.code}`}
        state={state}
        warnings={warnings}
        operations={operations}
        claims={claims}
        objections={objections}
        work={work}
        looks={looks}
        rights={rights}
        review={review}
        steps={rights.open || rights.publish ? steps : null}
      />,
    );
  });

  app.get('/villages/:village/first-steps', { config: { access: 'village.read' } }, async (request, reply) => {
    const { villageId, code } = villageOf(request);
    const done = await firstSteps(sql, villageId, request.today);
    return reply.page(<FirstStepsPage done={done} villageHref={`/villages/${code}`} />);
  });

  app.get('/regions/:region', { config: { access: 'region.compare' } }, async (request, reply) => {
    const region = regionOf(request);
    if (region.level === 'village') return reply.redirect(`/villages/${region.code}/desk`, 303);
    const villages = await compareVillages(sql, region.regionId, request.today);
    const mayAdminister = may(viewerOf(request).appointments, 'county.administer', region);
    return reply.page(
      <ComparisonPage
        region={region}
        month={monthOf(request.today)}
        villages={villages}
        administrationHref={
          mayAdminister && region.level === 'county' ? `/regions/${region.code}/administration` : undefined
        }
      />,
    );
  });
};
