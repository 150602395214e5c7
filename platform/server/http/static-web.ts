import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import express, { type RequestHandler } from 'express'

/**
 * Serves the exported web app: static shells without tenant data. Each page may run exactly the inline scripts it was
 * built with (by hash), nothing else; assets with a content hash in their name are kept for a year.
 */
export function staticWeb(folder: string): RequestHandler[] {
  if (!existsSync(folder)) return []
  const policies = new Map(
    pagesIn(folder).map((page) => [page, policyOf(readFileSync(path.join(folder, page), 'utf8'))]),
  )
  return [
    // Next writes a folder beside each page (`dashboard/` beside `dashboard.html`); the page is what is meant.
    (req, _res, next) => {
      const page = `${req.path.slice(1)}.html`
      if (policies.has(page)) req.url = `/${page}${req.url.slice(req.path.length)}`
      next()
    },
    express.static(folder, {
      redirect: false,
      setHeaders(res, file) {
        const page = path.relative(folder, file)
        const policy = policies.get(page)
        if (policy) res.setHeader('content-security-policy', policy)
        const immutable = page.startsWith(path.join('_next', 'static'))
        res.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
    (req, res, next) => {
      const hasPage = existsSync(path.join(folder, '404.html'))
      if (!['GET', 'HEAD'].includes(req.method) || !req.accepts('html') || !hasPage) return next()
      const policy = policies.get('404.html')
      if (policy) res.setHeader('content-security-policy', policy)
      res.status(404).sendFile('404.html', { root: folder }) // by root: the folder itself may lie in .data
    },
  ]
}

const pagesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))

function policyOf(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    `default-src 'self'`,
    `script-src 'self' ${[...new Set(hashes)].join(' ')}`,
    `style-src 'self'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
  ].join('; ')
}
