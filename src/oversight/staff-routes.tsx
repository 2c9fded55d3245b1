import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FurtherFormPage, PersonFormPage, type PersonValues } from '../../views/oversight/person-form-page.tsx';
import { PersonPage } from '../../views/oversight/person-page.tsx';
import { TemporaryPasswordPage } from '../../views/oversight/temporary-password-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { mustHandOver } from '../handovers/index.ts';
import {
  appoint,
  appointFurther,
  disablePerson,
  drawTemporaryPassword,
  endAppointment,
  findVillage,
  hashPassword,
  isUsername,
  LEVEL_OF_ROLE,
  lastDayOfTemporary,
  openSignIns,
  type Region,
  ROLES,
  type Role,
  recordSecurityEvent,
  type StaffMember,
  secondFactorOf,
  staffBelow,
  viewerOf,
} from '../people/index.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type StaffedPlace, staffedPlaces } from './administration.ts';
import { countyOf, hrefOf } from './administration-routes.tsx';

const text = (longest: number) => z.string().trim().max(longest).default('').catch('');

const personForm = z.object({ displayName: text(40), username: text(40), role: text(40), place: text(12) });

const furtherForm = personForm.pick({ role: true, place: true });

const NOBODY: PersonValues = { displayName: '', username: '', role: '', place: '' };

interface FoundPerson {
  county: Region;
  person: StaffMember;
  held: StaffMember[];
}

/** Who works where: appointed, dismissed and helped to a new password by the county's administrator. */
export const staffRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'county.administer' } as const;

  app.get('/regions/:region/administration/people/new', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const asked = personForm.parse(request.query);
    const places = await staffedPlaces(sql, county, request.today);
    return reply.page(<PersonFormPage administrationHref={hrefOf(county)} places={places} values={asked} />);
  });

  app.post(
    '/regions/:region/administration/people',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const county = countyOf(request, reply);
      if (!county) return reply;
      const values = personForm.catch(NOBODY).parse(request.body);
      const places = await staffedPlaces(sql, county, request.today);
      const answer = (status: number, errors: FieldErrors) =>
        reply
          .code(status)
          .page(<PersonFormPage administrationHref={hrefOf(county)} places={places} values={values} errors={errors} />);
      const role = ROLES.find((candidate) => candidate === values.role);
      const place = places.find(({ code }) => code === values.place);
      const errors = faultsOf(values, { role, place, request });
      if (errors.length > 0 || !role || !place) return answer(422, errors);
      const temporaryPassword = drawTemporaryPassword();
      const passwordHash = await hashPassword(temporaryPassword);
      const { displayName, username } = values;
      const person = {
        username,
        displayName,
        role,
        regionId: place.regionId,
        startsOn: request.today,
        mustChangePassword: true,
      };
      const outcome = await sql.begin(async (tx) => {
        const appointed = await appoint(tx, person, passwordHash);
        if (!('refused' in appointed)) {
          await recordSecurityEvent(tx, {
            kind: 'person.appointed',
            personId: viewerOf(request).personId,
            subjectId: appointed.personId,
            regionId: place.regionId,
            address: request.ip,
            details: { role },
          });
        }
        return appointed;
      });
      if ('refused' in outcome) {
        return answer(refusalStatus(outcome), [{ name: 'username', message: refusalText(request.locale, outcome) }]);
      }
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .page(
          <TemporaryPasswordPage
            administrationHref={hrefOf(county)}
            person={{ displayName, username: outcome.username, role, placeName: place.name }}
            temporaryPassword={temporaryPassword}
            lastDay={lastDayOfTemporary(request.today)}
          />,
        );
    },
  );

  app.get('/regions/:region/administration/people/:person', { config }, async (request, reply) => {
    const found = await findPerson(request, reply);
    if (!found) return reply;
    const { county, held, person } = found;
    const { personId } = person;
    const isSelf = personId === viewerOf(request).personId;
    const [signIns, factor] = await Promise.all([openSignIns(sql, { personId }), secondFactorOf(sql, personId)]);
    const helpHref = `/regions/${county.code}/staff/${personId}`;
    return reply.page(
      <PersonPage
        administrationHref={hrefOf(county)}
        helpHref={helpHref}
        held={held}
        signIns={signIns}
        hasSecondFactor={factor?.isConfirmed ?? false}
        isSelf={isSelf}
      />,
    );
  });

  app.get('/regions/:region/administration/people/:person/appointments/new', { config }, async (request, reply) => {
    const found = await findPerson(request, reply);
    if (!found) return reply;
    const { county, person } = found;
    const places = await staffedPlaces(sql, county, request.today);
    const values = { role: '', place: '' };
    return reply.page(
      <FurtherFormPage administrationHref={hrefOf(county)} places={places} person={person} values={values} />,
    );
  });

  app.post(
    '/regions/:region/administration/people/:person/appointments',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const found = await findPerson(request, reply);
      if (!found) return reply;
      const { county, person } = found;
      const values = furtherForm.catch({ role: '', place: '' }).parse(request.body);
      const places = await staffedPlaces(sql, county, request.today);
      const answer = (status: number, errors: FieldErrors) =>
        reply
          .code(status)
          .page(
            <FurtherFormPage
              administrationHref={hrefOf(county)}
              places={places}
              person={person}
              values={values}
              errors={errors}
            />,
          );
      const { personId: byPersonId } = viewerOf(request);
      const { personId } = person;
      // Nobody gives themselves more rights.
      if (personId === byPersonId) return reply.refuse({ refused: 'cannot_appoint_yourself' });
      const role = ROLES.find((candidate) => candidate === values.role);
      const place = places.find(({ code }) => code === values.place);
      const errors = placeFaultsOf({ role, place, request });
      if (errors.length > 0 || !role || !place) return answer(422, errors);
      const { regionId } = place;
      const further = { personId, role, regionId, startsOn: request.today, byPersonId, address: request.ip };
      const outcome = await sql.begin((tx) => appointFurther(tx, further));
      if ('refused' in outcome) {
        return answer(refusalStatus(outcome), [{ name: 'role', message: refusalText(request.locale, outcome) }]);
      }
      return reply.redirect(`${hrefOf(county)}/people/${personId}`, 303);
    },
  );

  app.post(
    '/regions/:region/administration/people/:person/endings',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const found = await findPerson(request, reply);
      if (!found) return reply;
      const { appointment } = z
        .object({ appointment: rowNumber.catch(0) })
        .catch({ appointment: 0 })
        .parse(request.body);
      const ending = found.held.find(({ appointmentId }) => appointmentId === appointment);
      if (!ending) return reply.refuse({ refused: 'unknown_person' });
      const refusal = await refuseEnding(ending, request.today);
      if (refusal) return reply.refuse(refusal);
      const outcome = await endAppointment(sql, {
        ...ending,
        byPersonId: viewerOf(request).personId,
        address: request.ip,
        today: request.today,
      });
      return 'refused' in outcome
        ? reply.refuse(outcome)
        : reply.redirect(`${hrefOf(found.county)}?done=dismissed`, 303);
    },
  );

  app.post(
    '/regions/:region/administration/people/:person/closure',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const found = await findPerson(request, reply);
      if (!found) return reply;
      const { county, person } = found;
      const outcome = await disablePerson(sql, {
        personId: person.personId,
        byPersonId: viewerOf(request).personId,
        address: request.ip,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.redirect(`${hrefOf(county)}?done=closed`, 303);
    },
  );

  /** Nobody leaves the shop behind without handing it over; who has to be locked out at once has the account closed. */
  async function refuseEnding(ending: StaffMember, today: string) {
    const { role, personId, regionCode, displayName: name } = ending;
    if (role !== 'manager' && role !== 'storekeeper') return null;
    const village = await findVillage(sql, regionCode);
    if (!village) return null;
    const isHis = await mustHandOver(sql, { villageId: village.villageId, role, personId, today });
    return isHis ? { refused: 'handover_needed', name } : null;
  }

  /** The person of the address with what they hold in this county; nobody else can be touched from here, which is answered here. */
  async function findPerson(request: FastifyRequest, reply: FastifyReply): Promise<FoundPerson | null> {
    const county = countyOf(request, reply);
    if (!county) return null;
    const { person: id } = z.object({ person: rowNumber.catch(0) }).parse(request.params);
    const held = await staffBelow(sql, { regionId: county.regionId, today: request.today, personId: id });
    const [person] = held;
    if (person) return { county, person, held };
    reply.refuse({ refused: 'unknown_person' });
    return null;
  }
};

interface Chosen {
  role: Role | undefined;
  place: StaffedPlace | undefined;
  request: FastifyRequest;
}

function faultsOf({ displayName, username }: PersonValues, chosen: Chosen): FieldErrors {
  const t = translate(chosen.request.locale);
  return [
    ...(displayName === '' ? [{ name: 'displayName', message: t('people.person.nameMissing') }] : []),
    ...(isUsername(username) ? [] : [{ name: 'username', message: t('people.person.usernameWrong') }]),
    ...placeFaultsOf(chosen),
  ];
}

function placeFaultsOf({ role, place, request }: Chosen): FieldErrors {
  const t = translate(request.locale);
  const isMisplaced = role !== undefined && place !== undefined && LEVEL_OF_ROLE[role] !== place.level;
  return [
    ...(role ? [] : [{ name: 'role', message: t('oversight.person.roleMissing') }]),
    ...(place ? [] : [{ name: 'place', message: t('oversight.person.placeMissing') }]),
    ...(isMisplaced && role
      ? [
          {
            name: 'place',
            message: t(`oversight.person.placeFor.${LEVEL_OF_ROLE[role]}`, { role: t(`people.role.${role}`) }),
          },
        ]
      : []),
  ];
}
