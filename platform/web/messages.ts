import english from './messages/en.json'

/** Words of one face: English is always there (it is prerendered), other languages are fetched when chosen. */
export type FaceMessages = { en: object; es: () => Promise<{ default: object }> }

/** Two may speak under one name: what a capability says everywhere, and on some pages. */
export function together(...parts: readonly object[]): Record<string, never> {
  const all: Record<string, object> = {}
  for (const part of parts as readonly Record<string, object>[])
    for (const [name, words] of Object.entries(part)) all[name] = { ...all[name], ...words }
  return all as Record<string, never>
}

export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
