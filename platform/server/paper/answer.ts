type Http = { setHeader: (name: string, value: string) => unknown }

const PDF = 'application/pdf'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A file made for whoever asked, kept by nobody on the way. `name` is ours: letters, digits and dashes. */
export const madeFile = (http: Http, mediaType: string, bytes: Uint8Array, name: string) =>
  keptFile(http, mediaType, { size: bytes.length, bytes: one(bytes) }, name)

/** The same for one that lies elsewhere and is read as it leaves. */
export function keptFile<File extends { size: number; bytes: AsyncIterable<Uint8Array> }>(
  http: Http,
  mediaType: string,
  { size, bytes }: File,
  name: string,
) {
  http.setHeader('content-disposition', `attachment; filename="${name}"`)
  http.setHeader('cache-control', 'private, no-store')
  return { mediaType, size, bytes }
}

export const pdfAnswer = (http: Http, pdf: Uint8Array, name: string) => madeFile(http, PDF, pdf, name)

async function* one(bytes: Uint8Array) {
  yield bytes
}
