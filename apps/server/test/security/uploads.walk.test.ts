import { hiding, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Caller } from '../kitchen.ts'
import { PASSWORD } from '../two-customers.ts'
import { wholeServer } from '../whole-server.ts'

const HIDDEN = 'hidden-in-the-file'
const SCRIPT = `<script>alert('${HIDDEN}')</script>`
const text = (written: string) => Buffer.from(written, 'latin1')

/** What poses as a picture, by its name or by its first bytes. */
const POSING: Record<string, Buffer> = {
  'SVG with a script': text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`),
  'SVG after a mark of UTF-8 and a comment': text(`\xef\xbb\xbf<!-- --><svg>${SCRIPT}</svg>`),
  'HTML named .png': text(`<!doctype html><html><body>${SCRIPT}</body></html>`),
  'HTML after white space': text(`\n\t  <html>${SCRIPT}`),
  'HTML behind the first bytes of a PNG': text(`\x89PNG\r\n\x1a\n<html>${SCRIPT}</html>`),
  'HTML behind the first bytes of a JPEG': text(`\xff\xd8\xff\xe0<html>${SCRIPT}</html>`),
  'a script that is also a GIF': text(`GIF89a/*\0*/=1;alert('${HIDDEN}')//`),
  'a ZIP': text(`PK\x03\x04\x14\0\0\0${HIDDEN}`),
  'a program of Windows': text(`MZ\x90\0${HIDDEN}`),
  'a program of Linux': text(`\x7fELF${HIDDEN}`),
  'a script of a shell': text(`#!/bin/sh\necho ${HIDDEN}`),
  'XML that names a file': text(
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  ),
  'a PDF where a picture belongs': text('%PDF-1.7\n1 0 obj\n%%EOF\n'),
  'nothing but zeros': Buffer.alloc(2_000),
}

let whole: Awaited<ReturnType<typeof wholeServer>>
let admin: Caller

beforeAll(async () => {
  whole = await wholeServer()
  const nobody = new Caller(whole.origin)
  const names = { organizationName: 'Own', locationName: 'Main', name: 'Ada', email: 'ada@own.example' }
  const body = { ...names, timezone: 'America/Chicago', jurisdiction: 'us', password: PASSWORD }
  await nobody.must('POST', '/first-run', { body })
  admin = await nobody.signedIn('ada@own.example', PASSWORD)
}, 120_000)

afterAll(() => whole?.close())

const send = (bytes: Buffer) =>
  admin.ask('POST', '/checklist-pictures', { body: bytes, headers: { 'content-type': 'application/octet-stream' } })

test('what poses as a picture is refused by what it is; of a picture only its pixels are given out, and no browser runs it', async () => {
  const refused = []
  for (const [what, bytes] of Object.entries(POSING)) {
    const told = await send(bytes)
    expect(told.status, `${what}: ${told.text}`).toBe(422)
    expect(told.body.code, what).toMatch(/^files\./)
    refused.push(what)
  }
  const photos = await hiding((await photoForTests(80)).bytes, HIDDEN)
  const tied = photos.map((photo) => Buffer.concat([photo, text(SCRIPT), text(`PK\x03\x04${HIDDEN}`)]))
  let clean = 0
  for (const photo of [...photos, ...tied]) {
    expect(photo.includes(HIDDEN)).toBe(true)
    const { id } = (await send(photo)).body
    for (const variant of ['full', 'thumbnail']) {
      const given = await fetch(`${whole.origin}/api/v1/checklist-pictures/${id}?variant=${variant}`, {
        headers: admin.headers,
      })
      const bytes = Buffer.from(await given.arrayBuffer())
      expect(given.status).toBe(200)
      expect(given.headers.get('content-type')).toBe('image/jpeg')
      expect(given.headers.get('x-content-type-options')).toBe('nosniff')
      expect(given.headers.get('content-security-policy')).toBe(`default-src 'none'; sandbox`)
      expect(given.headers.get('content-disposition')).toMatch(/^inline; filename="[0-9a-f-]{36}\.jpg"$/)
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
      for (const trace of [HIDDEN, 'Exif', 'GPS']) expect(bytes.includes(trace), trace).toBe(false)
      clean++
    }
  }
  const posing = Object.keys(POSING).length
  proven('security', {
    title: 'Files that pose as pictures',
    method:
      'Sent to the running server. Pictures carry words, a place and a camera in their EXIF, and a script and an archive tied to their end; what is given out is searched for them and must come with headers that let no browser guess or run anything.',
    findings: [
      {
        what: 'posing files refused',
        goal: `${posing} of ${posing}`,
        seen: `${refused.length} of ${posing}`,
        met: refused.length === posing,
      },
      {
        what: 'pictures given out without what was hidden',
        goal: `${(photos.length + tied.length) * 2}`,
        seen: `${clean}`,
        met: clean === (photos.length + tied.length) * 2,
      },
    ],
  })
})
