import type { FastifyRequest } from 'fastify';
import { viewerOf, villageOf } from '../people/index.ts';
import { type PhotoRefusal, photoFields, type StoredPhoto, storePhotos } from '../photos/index.ts';
import type { RouteServices } from '../platform/http/route-services.ts';

/** The photos that came with an award's form, and those that came with an earlier answer to it. */
export function evidenceOf(services: RouteServices, request: FastifyRequest): Promise<StoredPhoto[] | PhotoRefusal> {
  const { villageId } = villageOf(request);
  const addedBy = viewerOf(request).personId;
  return storePhotos(services, { villageId, purpose: 'evidence', addedBy, fields: photoFields(request) });
}
