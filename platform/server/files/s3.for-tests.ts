import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type Account = { region: string; accessKeyId: string; secretAccessKey: string }

/** A bucket that a test can talk to: objects, lists and deletes of S3, behind signatures that must be right. */
export async function bucketForTests(bucket: string, account: Account) {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (req, res) => {
    const body = await buffer(req)
    const answer = (status: number, text: string | Buffer = '') => res.writeHead(status).end(text)
    const url = new URL(req.url ?? '', 'http://bucket')
    const [, asked, ...rest] = decodeURIComponent(url.pathname).split('/')
    if (!isSigned(req, url, body, account)) return answer(403, error('SignatureDoesNotMatch'))
    if (asked !== bucket) return answer(404, error('NoSuchBucket'))
    const key = rest.join('/')
    if (req.method === 'PUT') {
      objects.set(key, body)
      return answer(200)
    }
    if (req.method === 'DELETE') {
      objects.delete(key) // what is not there is answered alike
      return res.writeHead(204).end()
    }
    if (req.method === 'POST' && url.searchParams.has('delete')) {
      for (const [, name = ''] of String(body).matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(name)
      return answer(200, '<DeleteResult></DeleteResult>')
    }
    if (url.searchParams.get('list-type') === '2') {
      const prefix = url.searchParams.get('prefix') ?? ''
      const found = [...objects.keys()].filter((name) => name.startsWith(prefix)).slice(0, 2)
      const contents = found.map((name) => `<Contents><Key>${name}</Key></Contents>`)
      return answer(200, `<ListBucketResult>${contents.join('')}</ListBucketResult>`)
    }
    const object = objects.get(key)
    return object ? answer(200, object) : answer(404, error('NoSuchKey'))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { endpoint, close: () => void server.close() }
}

const error = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`

/** Signature Version 4, as Amazon checks it. */
function isSigned(req: IncomingMessage, url: URL, body: Buffer, account: Account): boolean {
  const parts =
    /Credential=([^/]+)\/(\d+)\/([\w-]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=(\w+)/.exec(
      req.headers.authorization ?? '',
    )
  if (!parts) return false
  const [, id, day = '', region = '', names = '', signature] = parts
  const payload = String(req.headers['x-amz-content-sha256'])
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return false
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
  const headers = names.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`)
  const canonical = [req.method, url.pathname, query.join('&'), headers.join(''), names, payload].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, word) => createHmac('sha256', secret).update(word).digest(),
    `AWS4${account.secretAccessKey}`,
  )
  return id === account.accessKeyId && signature === createHmac('sha256', key).update(toSign).digest('hex')
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
