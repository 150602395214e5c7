import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'

type Operation = {
  summary: string
  description?: string
  tags: string[]
  requestBody?: unknown
  parameters?: unknown[]
  responses: Record<string, unknown>
}
type Document = { info: { title: string; version: string }; paths: Record<string, Record<string, Operation>> }

/** The browsable API reference: one page made from the OpenAPI document, without a script from elsewhere. */
export function docsPage(document: object): RequestHandler {
  const body = render(document as Document)
  return (_req, res) => {
    const nonce = randomBytes(16).toString('base64')
    res.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    res.type('html').send(PAGE.replaceAll('{{nonce}}', nonce).replace('{{body}}', () => body))
  }
}

function render({ info, paths }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0] ?? 'other'))].sort()
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags[0] ?? 'other') === tag)
    return `<section><h2 id="${escaped(tag)}">${escaped(tag)}</h2>${own.map(entry).join('')}</section>`
  })
  return `<h1>${escaped(info.title)} <small>${escaped(info.version)}</small></h1>
    <p>Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>. Errors are
    <a href="https://www.rfc-editor.org/rfc/rfc9457">problem+json</a> with a stable <code>code</code>.</p>
    <label>Filter <input id="filter" type="search" autocomplete="off"></label>${sections.join('')}`
}

function entry({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const parts = { parameters: operation.parameters, requestBody: operation.requestBody, responses: operation.responses }
  return `<details data-text="${escaped(`${method} ${path} ${operation.summary}`.toLowerCase())}">
    <summary><b class="${method.toLowerCase()}">${method}</b> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
    <p>${escaped(operation.description ?? '').replaceAll('\n\n', '</p><p>')}</p>
    <pre tabindex="0">${escaped(JSON.stringify(parts, null, 2))}</pre></details>`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>OpsFlow API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="{{nonce}}">
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
details { border-block-end: 1px solid color-mix(in oklch, currentcolor 18%, transparent); padding: .5rem 0 }
summary { cursor: pointer; min-height: 2.75rem; display: flex; gap: .75rem; align-items: center; flex-wrap: wrap }
summary b { min-width: 4.5rem } pre { overflow: auto; max-height: 30rem; font-size: .8rem }
input { font: inherit; min-height: 2.75rem; width: min(100%, 24rem); padding: 0 .75rem }
</style></head><body><main>{{body}}</main><script nonce="{{nonce}}">
const filter = document.getElementById('filter')
filter.addEventListener('input', () => {
  for (const entry of document.querySelectorAll('details')) entry.hidden = !entry.dataset.text.includes(filter.value.toLowerCase())
})
</script></body></html>`
