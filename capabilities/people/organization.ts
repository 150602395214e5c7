import { z } from 'zod'

/** A colour as six hexadecimal digits. The screens solve it so that everything stays readable. */
export const BrandColour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'Use # and six hexadecimal digits, for example #7a1f2b.')
  .transform((colour) => colour.toLowerCase())

/** An organization as its people see it. */
export const OrganizationSettings = z
  .object({ id: z.uuid(), name: z.string(), slug: z.string(), brand: z.string().nullable() })
  .meta({ id: 'OrganizationSettings' })
export type OrganizationSettings = z.infer<typeof OrganizationSettings>

export const OrganizationChange = z
  .strictObject({ name: z.string().trim().min(1).max(200), brand: BrandColour.nullable() })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Name at least one field to change.',
  })
export type OrganizationChange = z.output<typeof OrganizationChange>
