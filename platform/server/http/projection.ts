import { z } from 'zod'

/** Takes of an answer what its schema names, without checking it again. */
export type Projection = (value: unknown) => unknown

/** Undefined where the value may go out as it is. */
export function projectionOf(schema: z.core.$ZodType): Projection | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return def.catchall && def.catchall._zod.def.type !== 'never' ? parsed(schema) : named(def.shape)
    case 'array': {
      const element = projectionOf(def.element)
      return element && ((value) => (Array.isArray(value) ? value.map(element) : value))
    }
    case 'nullable':
    case 'optional':
    case 'readonly': {
      const inner = projectionOf(def.innerType)
      return inner && ((value) => (value === null || value === undefined ? value : inner(value)))
    }
    case 'record': {
      const inner = projectionOf(def.valueType)
      return inner && ((value) => Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, inner(v)])))
    }
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'null':
    case 'undefined':
    case 'any':
    case 'unknown':
      return (def as { coerce?: boolean }).coerce ? parsed(schema) : undefined
    default:
      return parsed(schema) // unions, transformations, defaults: only the schema itself knows
  }
}

function named(shape: Readonly<Record<string, z.core.$ZodType>>): Projection {
  const fields = Object.entries(shape).map(([name, schema]) => ({
    name,
    project: projectionOf(schema),
    isFilled: ['default', 'prefault'].includes(schema._zod.def.type),
  }))
  return (value) => {
    if (value === null || typeof value !== 'object') return value
    const whole = value as Record<string, unknown>
    const out: Record<string, unknown> = {}
    for (const { name, project, isFilled } of fields) {
      const part = whole[name]
      if (part !== undefined || isFilled) out[name] = project ? project(part) : part
    }
    return out
  }
}

const parsed =
  (schema: z.core.$ZodType): Projection =>
  (value) =>
    z.parse(schema, value)
