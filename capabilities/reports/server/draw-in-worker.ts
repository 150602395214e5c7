import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { PackDrawing } from './draw-pack.ts'
import type { Work } from './draw-worker.ts'

const program = new URL('./draw-worker.ts', import.meta.url)

/** An inspector's pack as a PDF. */
export const drawPack = (drawing: PackDrawing): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'pdf', drawing } satisfies Work)

/** The same as a workbook. */
export const packWorkbook = (drawing: Pick<PackDrawing, 'pack' | 'language'>): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'xlsx', drawing } satisfies Work)
