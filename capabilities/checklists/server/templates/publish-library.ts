import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { fromLibrary, type Language, library, type Service } from '../../library/index.ts'
import type { TemplateContent } from '../../template.ts'
import { publishTemplate } from './publish.ts'
import { makeTemplate } from './save-template.ts'

/** The template that was made of a text of the library, by the library's key (`opening.cafe`). */
export type LibraryTemplates = ReadonlyMap<string, string>

/** All that the library has for these kinds of restaurants, published as it is, or changed a little. */
export async function publishLibrary(
  tx: Tx,
  services: ReadonlySet<Service>,
  language: Language,
  changed: (draft: TemplateContent) => TemplateContent = (draft) => draft,
): Promise<LibraryTemplates> {
  const published = new Map<string, string>()
  for (const { key } of library.filter((template) => template.services.some((service) => services.has(service)))) {
    const text = fromLibrary(key, language, uuid7)
    if (!text) continue
    const { id, revision } = await makeTemplate(tx, { ...text, draft: changed(text.draft) })
    await publishTemplate(tx, id, { revision, note: '' })
    published.set(key, id)
  }
  return published
}
