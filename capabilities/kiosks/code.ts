import { z } from 'zod'

/** Letters and digits that cannot be taken for one another when read aloud or from a screen: no 0 O, 1 I L, U V. */
export const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTWXYZ'
export const CODE_LENGTH = 8
export const CODE_MINUTES = 15

/** An enrolment code as someone types it: in any case, with spaces or dashes. */
export const EnrolmentCode = z
  .string()
  .max(40)
  .transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, ''))
  .refine((code) => code.length === CODE_LENGTH && [...code].every((letter) => CODE_LETTERS.includes(letter)), {
    message: 'A code is eight letters and digits, such as K7QX 3MRA.',
  })

/** As it is shown: in two halves. */
export const shownCode = (code: string) => `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`
