import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { type Checked, checkEvidence } from '../../platform/evidence-check.ts'
import type { Ground } from '../../platform/signed-note.ts'

// opsflow verify: checks an export of the evidence log with nothing but the export and what its holder kept. It reads the
// files that are named, and nothing else: no network, no product. The format: docs/evidence-format.md.

const USAGE = `usage: node opsflow-verify.mjs <export.jsonl[.gz]> [--head <kept-head>]… [--key <verifier-key>] [--json]

  --head  a head of the log you kept (a file): the export must agree with it
  --key   the verifier key you know the log by, as text
  --json  what was found, as JSON

exit code 0: everything holds · 1: something is wrong, the first thing is named · 2: it could not be read`

const ground: Ground = {
  sha256: (...parts) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  },
  utf8: (text) => Buffer.from(text, 'utf8'),
  isSignedBy: (publicKey, message, signature) => {
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  },
}

type Asked = { file: string; heads: string[]; key?: string; json: boolean }

function asked(args: readonly string[]): Asked | undefined {
  const files: string[] = []
  const heads: string[] = []
  let key: string | undefined
  let json = false
  for (let n = 0; n < args.length; n++) {
    const word = args[n] as string
    if (word === '--json') json = true
    else if (word === '--head') heads.push(args[++n] ?? '')
    else if (word === '--key') key = args[++n]
    else if (word.startsWith('-')) return undefined
    else files.push(word)
  }
  const [file] = files
  return file && files.length === 1 ? { file, heads, json, ...(key ? { key } : {}) } : undefined
}

function report(checked: Checked): string {
  const { wrong, notes, events, elsewhere, records, rows, from, size, headAt, keptHeads, keys, log } = checked
  const found = [
    `log        ${log}`,
    ...keys.map((key) => `key        ${key}`),
    `changes    ${from} to ${size - 1}, sealed until ${headAt}: ${events} shown, ${elsewhere} of other places or kinds`,
    `records    ${records}, and ${rows} readings in batches`,
    `heads      ${keptHeads} that you kept were compared`,
    ...notes.map((note) => `note       ${note}`),
    '',
  ]
  if (wrong.length === 0)
    return [...found, 'OK: every record is what the log says, and the log is what was signed.'].join('\n')
  return [...found, `WRONG: ${wrong[0]}`, ...wrong.slice(1).map((sentence) => `  also: ${sentence}`)].join('\n')
}

async function main() {
  const wanted = asked(process.argv.slice(2))
  if (!wanted) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  try {
    const heads = wanted.heads.map((file) => readFileSync(file, 'utf8'))
    const bytes = createReadStream(wanted.file)
    const text = wanted.file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
    const failed = new Promise<never>((_, reject) => {
      bytes.on('error', reject)
      text.on('error', reject)
    })
    const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })
    const kept = { heads, ...(wanted.key ? { key: wanted.key } : {}) }
    const checked = await Promise.race([checkEvidence(ground, lines, kept), failed])
    console.log(wanted.json ? JSON.stringify(checked, null, 2) : report(checked))
    process.exitCode = checked.wrong.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`It could not be read: ${(error as Error).message}`)
    process.exitCode = 2
  }
}

await main()
