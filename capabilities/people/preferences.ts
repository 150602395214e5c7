import { z } from 'zod'

const fields = {
  language: z.enum(['en', 'es']),
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  density: z.enum(['desk', 'kitchen']),
  temperatureUnit: z.enum(['F', 'C']).meta({
    description:
      'How temperatures are shown to this person. Readings are judged and kept in the unit they were read in.',
  }),
}

/** How someone likes their screens. Null: not chosen; the device, the system or the location decides. */
export const Preferences = z
  .object({
    language: fields.language.nullable(),
    theme: fields.theme.nullable(),
    density: fields.density.nullable(),
    temperatureUnit: fields.temperatureUnit.nullable(),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

export const noPreferences: Preferences = { language: null, theme: null, density: null, temperatureUnit: null }

/** Only what is named changes; null takes a choice back. */
export const PreferencesChange = z
  .strictObject({
    language: fields.language.nullable(),
    theme: fields.theme.nullable(),
    density: fields.density.nullable(),
    temperatureUnit: fields.temperatureUnit.nullable(),
  })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Name at least one preference to change.',
  })
export type PreferencesChange = z.output<typeof PreferencesChange>
