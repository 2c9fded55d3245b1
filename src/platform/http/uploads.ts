/**
 * Forms with files. Only a route that declares `uploads` is sent any; what comes is bounded before it is kept: so many files, so many
 * bytes each, so many requests at once. A file's name and type are what the sender says they are, so neither is kept. What is too
 * much is told to the route with all that was typed, so that the same form can answer.
 */
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface UploadedFile {
  /** The form's field that it was chosen in. */
  field: string;
  content: Buffer;
}

export interface Uploads {
  files: UploadedFile[];
  /** Files were left out for this reason. */
  refused: 'photo_too_large' | 'too_many_photos' | null;
  /** Photos that were taken in with an earlier answer of the same form, whatever else the route reads of it. */
  keptIds: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a form with files. */
    uploads?: true;
  }
  interface FastifyRequest {
    uploads: Uploads;
  }
}

/** A phone's camera makes 3 to 8 MB; what a browser with JavaScript sends is shrunk to a twentieth of that. */
const MOST_FILE_BYTES = 12 * 1024 * 1024;
const MOST_FILES = 4;
/** Of everything that is not a file, whether the form said its length before or not. */
const MOST_FIELD_BYTES = 1024 * 1024;
const MOST_FORM_BYTES = MOST_FILES * MOST_FILE_BYTES + MOST_FIELD_BYTES;
/** All of them together stay below 400 MB even when everybody sends as much as is allowed. */
const MOST_AT_ONCE = 8;
const LIMITS = {
  fileSize: MOST_FILE_BYTES,
  files: MOST_FILES,
  // As many households as one award may name, each ticked by itself, and the rest of its form.
  fields: 2_400,
  // A long list of names is one field.
  fieldSize: 256 * 1024,
  fieldNameSize: 100,
  parts: 2_410,
  headerPairs: 20,
  headerSize: 8 * 1024,
};

class UploadFault extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export function registerUploads(app: FastifyInstance): void {
  let underWay = 0;
  app.decorateRequest('uploads', null as unknown as Uploads);
  app.addHook('onRequest', (request, _reply, done) => {
    request.uploads = NOTHING;
    done();
  });
  app.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    if (!request.routeOptions.config.uploads) throw new UploadFault(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE');
    if (Number(request.headers['content-length'] ?? 0) > MOST_FORM_BYTES) {
      throw new UploadFault(413, 'FST_ERR_CTP_BODY_TOO_LARGE');
    }
    if (underWay >= MOST_AT_ONCE) throw new UploadFault(503, 'UPLOADS_BUSY');
    underWay += 1;
    try {
      return await readForm(request, payload);
    } finally {
      underWay -= 1;
    }
  });
}

const NOTHING: Uploads = { files: [], refused: null, keptIds: [] };

function readForm(request: FastifyRequest, payload: NodeJS.ReadableStream): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const uploads: Uploads = { ...NOTHING, files: [] };
    const fields = new Map<string, string | string[]>();
    const fail = (error: Error) => {
      payload.unpipe();
      // What is still on its way is read and thrown away, so that the answer arrives.
      payload.resume();
      reject(error);
    };
    const form = openParser(request);
    if (form === null) return fail(new UploadFault(400, 'FST_MALFORMED_FORM'));
    let fieldBytes = 0;
    form.on('field', (name, value, isNameCut, isValueCut) => {
      fieldBytes += Buffer.byteLength(value);
      if (isNameCut || isValueCut || fieldBytes > MOST_FIELD_BYTES)
        return fail(new UploadFault(413, 'FST_ERR_CTP_BODY_TOO_LARGE'));
      const before = fields.get(name);
      fields.set(name, before === undefined ? value : [before, value].flat());
    });
    form.on('file', (field, stream) => keepFile(uploads, field, stream));
    form.on('filesLimit', () => {
      uploads.refused = 'too_many_photos';
    });
    for (const limit of ['fieldsLimit', 'partsLimit'] as const) {
      form.on(limit, () => fail(new UploadFault(413, 'FST_ERR_CTP_BODY_TOO_LARGE')));
    }
    form.on('error', () => fail(new UploadFault(400, 'FST_MALFORMED_FORM')));
    form.on('finish', () => {
      request.uploads = { ...uploads, keptIds: [fields.get('photoIds') ?? []].flat() };
      resolve(Object.fromEntries(fields));
    });
    payload.on('error', fail);
    request.raw.on('aborted', () => fail(new UploadFault(400, 'FST_MALFORMED_FORM')));
    payload.pipe(form);
  });
}

function openParser({ headers }: FastifyRequest) {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits: LIMITS });
  } catch {
    return null;
  }
}

function keepFile(uploads: Uploads, field: string, stream: BusboyFileStream): void {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('limit', () => {
    uploads.refused ??= 'photo_too_large';
    pieces.length = 0;
  });
  stream.on('end', () => {
    const content = Buffer.concat(pieces);
    // A field in which nothing was chosen is sent as an empty file.
    if (content.length > 0 && !stream.truncated) uploads.files.push({ field, content });
  });
}
