/** What bytes are, by the bytes alone. A name or a header says what someone would like them to be. */
export type Sniffed = 'jpeg' | 'png' | 'webp' | 'heic' | 'pdf' | 'markup' | undefined

export function sniff(bytes: Buffer): Sniffed {
  if (bytes.subarray(0, 3).equals(JPEG)) return 'jpeg'
  if (bytes.subarray(0, 8).equals(PNG)) return 'png'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp'
  if (text(bytes, 4, 8) === 'ftyp' && HEIC.has(text(bytes, 8, 12))) return 'heic'
  if (/^%PDF-[12]\.\d/.test(text(bytes, 0, 8))) return 'pdf'
  return /^[\s\uFEFF]*<(\?xml|!doctype|!--|svg|html|head|body|script)/i.test(bytes.toString('utf8', 0, 512))
    ? 'markup'
    : undefined
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const HEIC = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'])
const text = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)
