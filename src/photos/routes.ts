import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { villageOf } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { sendPart } from '../platform/http/send-part.ts';
import { SOUND_TYPES } from './decide-sound.ts';
import { openPhotoStore } from './photo-store.ts';
import { photoByPublicId } from './read-photo.ts';

const photoParams = z.object({ village: z.string(), photo: z.string().max(40) });

/** The pictures themselves. Two addresses, so that each says who may look: everybody, or who may read the village. */
export const photoRoutes: Routes = async (app, { config, db: { sql } }) => {
  const store = openPhotoStore(config);
  const options = { schema: { params: photoParams } };

  app.get(
    '/villages/:village/photos/:photo',
    { ...options, config: { access: 'village.read' } },
    async (request, reply) => send(request, reply, request.params.photo, false),
  );
  app.get(
    '/villages/:village/pictures/:photo',
    { ...options, config: { access: 'everybody' } },
    async (request, reply) => send(request, reply, request.params.photo, true),
  );

  async function send(request: FastifyRequest, reply: FastifyReply, publicId: string, onlyPublic: boolean) {
    const found = await photoByPublicId(sql, villageOf(request).villageId, publicId);
    if (!found || (onlyPublic && !found.isPublic)) return reply.refuse({ refused: 'unknown_photo' });
    const content = await store.get(Buffer.from(found.sha256, 'hex'));
    if (!content) {
      request.log.error({ sha256: found.sha256 }, 'a picture is missing from the store');
      return reply.refuse({ refused: 'unknown_photo' });
    }
    const isPicture = found.media === 'jpeg';
    reply
      .type(found.media === 'jpeg' ? 'image/jpeg' : SOUND_TYPES[found.media])
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', `inline; filename="${isPicture ? 'photo.jpg' : `voice.${found.media}`}"`)
      .header('x-robots-tag', 'noindex')
      .header('cache-control', onlyPublic && !request.viewer ? 'public, max-age=3600' : 'no-store');
    return isPicture ? reply.send(content) : sendPart(request, reply, content);
  }
};
