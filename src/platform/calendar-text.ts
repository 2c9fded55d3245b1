import { z } from 'zod';

/** Days and months as people and programs write them, in centuries in which this program and the database count alike. */
export const dayText = z.iso.date().regex(/^(19|2\d)/);
export const monthText = z.string().regex(/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/);
