import { type PreparedPhoto, preparePhoto } from './prepare-photo.ts'

/** In a worker where there are workers that can draw; otherwise here. */
export async function takePhoto(file: Blob): Promise<PreparedPhoto> {
  return (await inWorker(file)) ?? preparePhoto(file)
}

type Told = { photo: PreparedPhoto } | { error: string }

function inWorker(file: Blob): Promise<PreparedPhoto | undefined> {
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' })
    } catch {
      return resolve(undefined)
    }
    const end = (photo?: PreparedPhoto) => {
      worker.terminate()
      resolve(photo)
    }
    worker.onmessage = ({ data }: MessageEvent<Told>) => end('photo' in data ? data.photo : undefined)
    worker.onerror = () => end()
    worker.postMessage(file)
  })
}
