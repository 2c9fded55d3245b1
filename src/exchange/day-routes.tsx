import { ExchangeDayPage } from '../../views/exchange/exchange-day-page.tsx';
import { villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { countDay } from './count-day.ts';
import { countNumbers } from './queue.ts';
import { redemptionsOn } from './redemption.ts';

/** 开市日: what a day at the counter came to, to be printed, signed and filed. */
export const dayRoutes: Routes = async (app, { db }) => {
  app.get(
    '/villages/:village/exchange-days/:day',
    { config: { access: 'village.read' }, schema: { params: villageParams.extend({ day: dayText }) } },
    async (request, reply) => {
      const { day } = request.params;
      const { villageId } = villageOf(request);
      const [exchanges, numbers] = await Promise.all([
        redemptionsOn(db.sql, villageId, day),
        countNumbers(db.sql, { villageId, day }),
      ]);
      return reply.page(<ExchangeDayPage day={day} counted={countDay(exchanges)} numbers={numbers} />);
    },
  );
};
