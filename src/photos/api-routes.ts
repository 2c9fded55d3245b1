import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { photoHref } from './photo.ts';
import { photoFields, storePhotos } from './store-photos.ts';
import { storeVoice, VOICE_FIELD } from './store-voice.ts';

const PURPOSES = ['evidence', 'exchange', 'inspection', 'stock', 'board', 'gift', 'wish', 'echo'] as const;

const photo = z.object({
  id: z.string().meta({ description: 'what an act names, within a day, together with sha256' }),
  sha256: z.string().meta({ description: 'of the picture as it is kept: drawn anew, at most 1,600 pixels' }),
  width: z.int(),
  height: z.int(),
  href: z.string(),
});

/** Photos come first and are named by their ids in the act that they belong to. */
export const photoApi: Routes = async (app, services) => {
  app.post(
    '/api/v1/villages/:village/photos',
    {
      config: { access: 'photo.add', uploads: true },
      schema: {
        summary: 'Take photos in, as multipart/form-data',
        security: signedIn,
        consumes: ['multipart/form-data'],
        params: villageParams,
        querystring: z.object({ purpose: z.enum(PURPOSES) }),
        response: { 201: z.object({ items: z.array(photo) }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const stored = await storePhotos(services, {
        villageId,
        purpose: request.query.purpose,
        addedBy: viewerOf(request).personId,
        fields: { ...photoFields(request), keptIds: [] },
      });
      if ('refused' in stored) return reply.refuse(stored);
      if (stored.length === 0) return reply.refuse({ refused: 'photo_not_an_image' });
      const items = stored.map(({ publicId, isPublic, ...facts }) => ({
        id: publicId,
        ...facts,
        href: photoHref(code, { publicId, isPublic }),
      }));
      return reply.code(201).send({ items });
    },
  );

  app.post(
    '/api/v1/villages/:village/voices',
    {
      config: { access: 'photo.add', uploads: true },
      schema: {
        summary:
          'Take a voice note in, as multipart/form-data: webm, ogg, mp4, mp3 or wav, at most 90 seconds and 5 MB',
        security: signedIn,
        consumes: ['multipart/form-data'],
        params: villageParams,
        response: { 201: z.object({ id: z.string(), href: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const [file] = request.uploads.files;
      const files = file ? [{ ...file, field: VOICE_FIELD }] : [];
      const stored = await storeVoice(services, {
        villageId,
        addedBy: viewerOf(request).personId,
        uploads: { ...request.uploads, files },
        body: null,
      });
      if (stored === null) return reply.refuse({ refused: 'voice_not_a_sound' });
      if (typeof stored !== 'string') return reply.refuse(stored);
      return reply.code(201).send({ id: stored, href: photoHref(code, { publicId: stored, isPublic: false }) });
    },
  );
};
