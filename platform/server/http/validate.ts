import type { z } from 'zod'
import { type FieldError, refuse } from '../../refusal.ts'

/** Checks one part of a request against its schema; every mistake is named with its path and what is allowed. */
export function validate<S extends z.ZodType>(schema: S, input: unknown, part: 'path' | 'query' | 'body'): z.output<S> {
  const nul = findNul(input, part)
  if (nul) {
    refuse('invalid', 'input.invalid', {
      detail: 'Text may not contain the NUL character.',
      errors: [{ path: nul, code: 'nul_character', message: 'Remove the NUL character.' }],
    })
  }
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 50).flatMap((issue) => fieldErrors(issue, part))
  return refuse('invalid', 'input.invalid', { detail: `${errors[0]?.path}: ${errors[0]?.message}`, errors })
}

function fieldErrors(issue: z.core.$ZodIssue, part: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 20).map((key) => ({
      path: pathOf(part, [...issue.path, key.slice(0, 100)]),
      code: 'unknown_field',
      message: 'This field is not known here. Leave it out.',
    }))
  }
  const custom = issue.code === 'custom' ? (issue.params?.code as string | undefined) : undefined
  return [{ path: pathOf(part, issue.path), code: custom ?? issue.code, message: issue.message }]
}

/** `body.items[3].value` */
export const pathOf = (part: string, path: readonly PropertyKey[]) =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`), part)

/** PostgreSQL text cannot hold NUL; found here, it is the caller's mistake and not ours. */
function findNul(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return undefined
  for (const [key, part] of Object.entries(value)) {
    if (key.includes('\0')) return path
    const found = findNul(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`)
    if (found) return found
  }
  return undefined
}
