import { preparePhoto } from './prepare-photo.ts'

// Beside the page: a phone's photo takes half a second to draw, and the keypad must not wait for it.
addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  try {
    const photo = await preparePhoto(data)
    postMessage({ photo }, { transfer: [photo.bytes] })
  } catch (error) {
    postMessage({ error: String(error) })
  }
})
