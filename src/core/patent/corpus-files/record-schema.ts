/**
 * What a corpus record may state of the front page, in the spelling of the model. Unknown names are refused instead of
 * dropped; null counts as absent.
 */
import { z } from 'zod';
import type { Bibliography } from '../bibliography.ts';
import type { Classification } from '../model.ts';

const text = z.string().trim().min(1);
const optionalText = text.nullish().transform((value) => value ?? undefined);
const isoDate = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'a date must be written 2018-05-15, 2018-05 or 2018');
const optionalDate = isoDate.nullish().transform((value) => value ?? undefined);

/** Fields that are undefined are left out, so that what was read and what was written compare equal. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

const documentNumber = z
  .strictObject({
    id: text,
    office: text,
    kind: optionalText,
    date: optionalDate,
    application: z.literal(true).optional(),
  })
  .transform(compact);
const person = z.strictObject({ name: text, country: optionalText }).transform(compact);
const citation = z.union([
  z
    .strictObject({ kind: z.literal('patent'), document: documentNumber, category: optionalText })
    .transform(compact),
  z.strictObject({ kind: z.literal('other'), text, category: optionalText }).transform(compact),
]);
const relation = z.enum([
  'continuation',
  'continuation-in-part',
  'division',
  'reissue',
  'provisional',
  'other',
]);
const related = z.strictObject({ relation, document: documentNumber });

const list = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((found) => found ?? []);

/** The parts of the bibliography, each as a record or a column of its own may state it. */
export const BIBLIOGRAPHY_PARTS = {
  publicationDate: optionalDate,
  filingDate: optionalDate,
  application: documentNumber.nullish().transform((value) => value ?? undefined),
  priorities: list(documentNumber),
  priorityDate: optionalDate,
  related: list(related),
  applicants: list(person),
  inventors: list(person),
  citations: list(citation),
  family: z
    .strictObject({ id: optionalText, members: list(documentNumber) })
    .transform(compact)
    .nullish()
    .transform((found) => found ?? { members: [] }),
} as const;

export const bibliographySchema: z.ZodType<Bibliography> = z
  .strictObject(BIBLIOGRAPHY_PARTS)
  .transform(compact);

export const classificationsSchema: z.ZodType<readonly Classification[]> = z.array(
  z.strictObject({ scheme: z.enum(['IPC', 'CPC', 'USPC', 'LOCARNO']), code: text }),
);
