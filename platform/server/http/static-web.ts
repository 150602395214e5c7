import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import express, { type RequestHandler } from 'express'
import { withoutOrganization } from '../../organization-path.ts'
import { type Encoding, encodingFor, isCompressible, thoroughly } from './compressed.ts'

/**
 * Serves the exported web app: static shells without tenant data. Each page may run exactly the inline scripts it was
 * built with (by hash), nothing else; assets with a content hash in their name are kept for a year.
 */
export function staticWeb(folder: string, signInHost?: string): RequestHandler[] {
  if (!existsSync(folder)) return []
  const policies = new Map(
    pagesIn(folder).map((page) => [page, policyOf(readFileSync(path.join(folder, page), 'utf8'), signInHost)]),
  )
  policies.set('sw.js', workerPolicy)
  return [
    pageMeant(policies),
    compressed(folder, policies),
    express.static(folder, {
      redirect: false,
      setHeaders: (res, file) => describe(res, path.relative(folder, file), policies),
    }),
    assetsOfBuildsBefore(folder),
    (req, res, next) => {
      const hasPage = existsSync(path.join(folder, '404.html'))
      if (!['GET', 'HEAD'].includes(req.method) || !req.accepts('html') || !hasPage) return next()
      const policy = policies.get('404.html')
      if (policy) res.setHeader('content-security-policy', policy)
      res.status(404).sendFile('404.html', { root: folder }) // by root: the folder itself may lie in .data
    },
  ]
}

type Policies = ReadonlyMap<string, string>

const ASSETS = path.join('_next', 'static')

/** A page that was open before an update asks for its own assets: the builds kept beside this one have them. */
function assetsOfBuildsBefore(folder: string): RequestHandler {
  const beside = path.dirname(folder)
  const router = express.Router()
  for (const build of readdirSync(beside)) {
    const assets = path.join(beside, build, ASSETS)
    if (path.join(beside, build) === folder || !existsSync(assets)) continue
    router.use('/_next/static', express.static(assets, { redirect: false, immutable: true, maxAge: '1y' }))
  }
  return router
}

/**
 * Every organization is shown by the same pages. And Next writes a folder beside each page (`dashboard/` beside
 * `dashboard.html`); the page is what is meant.
 */
function pageMeant(pages: Policies): RequestHandler {
  return (req, _res, next) => {
    const path = withoutOrganization(req.path)
    const page = `${path.slice(1)}.html`
    req.url = `${pages.has(page) ? `/${page}` : path}${req.url.slice(req.path.length)}`
    next()
  }
}

function describe(res: { setHeader: (name: string, value: string) => unknown }, file: string, policies: Policies) {
  const policy = policies.get(file)
  if (policy) res.setHeader('content-security-policy', policy)
  const immutable = file.startsWith(ASSETS)
  res.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/**
 * Text goes out compressed: as the build compressed it (a `.br` beside the file), or once, when it is first asked for.
 * Either way it is kept in memory; a build never changes.
 */
function compressed(folder: string, policies: Policies): RequestHandler {
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isCompressible))
  const kept = new Map<string, Promise<Buffer>>()
  const bodyOf = async (file: string, encoding: Encoding) => {
    const built = encoding === 'br' ? await readFile(path.join(folder, `${file}.br`)).catch(() => undefined) : undefined
    return built ?? thoroughly(encoding, await readFile(path.join(folder, file)))
  }
  return async (req, res, next) => {
    const file = fileOf(req.path)
    const encoding = encodingFor(req)
    if (!['GET', 'HEAD'].includes(req.method) || !encoding || !files.has(file)) return next()
    const key = `${encoding} ${file}`
    const body = kept.get(key) ?? bodyOf(file, encoding)
    kept.set(key, body)
    describe(res, file, policies)
    res
      .vary('accept-encoding')
      .set('content-encoding', encoding)
      .type(path.extname(file))
      .send(await body)
  }
}

/** `/` is the front page; an address that cannot be decoded names no file. */
function fileOf(urlPath: string) {
  try {
    return path.normalize(decodeURIComponent(urlPath).slice(1) || 'index.html')
  } catch {
    return ''
  }
}

const pagesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))

/** The service worker fetches what it keeps, from here only; it loads no further code. */
const workerPolicy = `default-src 'none'; connect-src 'self'`

/** `signInHost` is Clerk's: its own forms, their pictures, and the check that someone is no robot. */
function policyOf(html: string, signInHost?: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  const host = signInHost ? ` https://${signInHost}` : ''
  const challenge = signInHost ? ' https://challenges.cloudflare.com' : ''
  return [
    `default-src 'self'`,
    `script-src 'self' ${[...new Set(hashes)].join(' ')}${host}${challenge}`,
    `style-src 'self'${signInHost ? ` 'unsafe-inline'` : ''}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:${signInHost ? ' https://img.clerk.com' : ''}`,
    `connect-src 'self'${host}`,
    ...(signInHost ? [`frame-src${challenge}`, `worker-src 'self' blob:`] : []),
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
  ].join('; ')
}
