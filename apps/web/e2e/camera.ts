import type { Page } from '@playwright/test'

/** A picture as a camera would make one: large, and either of a label or of the inside of a pocket. */
export const drawing = async (page: Page, of: 'label' | 'dark') =>
  Buffer.from(
    await page.evaluate(async (subject) => {
      const canvas = new OffscreenCanvas(3000, 2250)
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
      context.fillStyle = subject === 'dark' ? '#050505' : '#f3efe6'
      context.fillRect(0, 0, 3000, 2250)
      if (subject === 'label') {
        context.fillStyle = '#201c18'
        context.font = '140px monospace'
        for (let line = 0; line < 12; line++) context.fillText(`LOT ${crypto.randomUUID()}`, 80, 200 + line * 170)
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
      return Array.from(new Uint8Array(await blob.arrayBuffer()))
    }, of),
  )

export async function take(page: Page, buffer: Buffer) {
  await page.locator('input[type=file][capture]').setInputFiles({ name: 'image.jpg', mimeType: 'image/jpeg', buffer })
}

export type Kept = { id: string; sha256: string; width: number; height: number; draft: string | null; bytes: string }

/** What lies on the device, by asking the browser itself. */
export const keptPhotos = (page: Page): Promise<Kept[]> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const name = names.find((one) => one.startsWith('opsflow-photos-'))
    if (!name) return []
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const all = <T>(store: string) =>
      new Promise<T[]>((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
      })
    const [photos, bytes] = [await all<Kept>('photos'), await all<ArrayBuffer>('bytes')]
    database.close()
    const text = (one: ArrayBuffer) =>
      btoa(Array.from(new Uint8Array(one), (byte) => String.fromCharCode(byte)).join(''))
    const hashed = new Map<string, string>()
    for (const one of bytes) {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', one))
      hashed.set(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''), text(one))
    }
    return photos.map((photo) => ({ ...photo, bytes: hashed.get(photo.sha256) ?? '' }))
  })
