import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { PackDrawing } from './draw-pack.ts'

/** An inspector's pack as a PDF. */
export const drawPack = (drawing: PackDrawing): Promise<Uint8Array> =>
  drawInWorker(new URL('./draw-worker.ts', import.meta.url), drawing)
