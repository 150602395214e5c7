import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { isPackSpan, notASpan, PackCheck, PackLanguage, packSpan } from './pack.ts'

/** Long enough for a case that drags on, short enough not to be forgotten. */
export const LONGEST_LINK_DAYS = 90

/** 256 bits of chance. */
export const LinkSecret = z.string().regex(/^[\w-]{43}$/)

const Person = z.object({ id: z.uuid(), name: z.string() })

export const LinkAsked = z
  .strictObject({
    ...packSpan,
    language: PackLanguage.default('en'),
    /** Who it is for: stands across each page of the file. */
    givenTo: z.string().trim().min(1).max(100),
    /** For how many days it can be followed. */
    days: z.int().min(1).max(LONGEST_LINK_DAYS).default(14),
    /** Whether photos of findings and deviations go with it: only who may see them can. */
    photos: z.boolean().default(false),
  })
  .refine(isPackSpan, notASpan)
export type LinkAsked = z.output<typeof LinkAsked>

/** A link to a location's records of some business days. */
export const InspectorLink = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date(),
    language: PackLanguage,
    givenTo: z.string(),
    photos: z.boolean(),
    createdAt: Instant,
    createdBy: Person.nullable(),
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
    visits: z.int().nonnegative(),
    lastVisitAt: Instant.nullable(),
  })
  .meta({ id: 'InspectorLink' })
export type InspectorLink = z.infer<typeof InspectorLink>

export const GivenLink = InspectorLink.extend({ secret: LinkSecret }).meta({ id: 'GivenInspectorLink' })
export type GivenLink = z.infer<typeof GivenLink>

export const InspectorVisit = z
  .object({
    id: z.uuid(),
    at: Instant,
    /** The page, or the file. */
    what: z.enum(['opened', 'file']),
    /** Where from: a network, not a person. */
    network: z.string(),
  })
  .meta({ id: 'InspectorVisit' })
export type InspectorVisit = z.infer<typeof InspectorVisit>

const LogoShown = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  /** Against such a background it needs a plate behind it. */
  vanishesOnLight: z.boolean(),
  vanishesOnDark: z.boolean(),
})

/** All that whoever follows a link is told before they fetch the file. */
export const Inspection = z
  .object({
    givenTo: z.string(),
    expiresAt: Instant,
    organization: z.string(),
    logo: LogoShown.nullable(),
    check: PackCheck,
  })
  .meta({ id: 'Inspection' })
export type Inspection = z.infer<typeof Inspection>
