import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

/** 128 bits of chance, as it stands in the code of a paper. */
export const PaperCode = z.string().regex(/^[\w-]{22}$/)

/** What is kept of a paper that was made: enough to see whether the one in hand is it. */
export const Paper = z
  .object({
    kind: z.enum(['record', 'pack', 'point']),
    title: z.string(),
    organization: z.string(),
    location: z.string(),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    givenTo: z.string().nullable(),
    madeAt: Instant,
    /** Of the file’s bytes, in hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.int().positive(),
  })
  .meta({ id: 'Paper' })
export type Paper = z.infer<typeof Paper>
