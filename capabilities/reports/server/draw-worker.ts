import { parentPort, workerData } from 'node:worker_threads'
import { drawPack, type PackDrawing } from './draw-pack.ts'
import { writeWorkbook } from './workbook.ts'

export type Work = { as: 'pdf'; drawing: PackDrawing } | { as: 'xlsx'; drawing: Pick<PackDrawing, 'pack' | 'language'> }

const work = workerData as Work
const bytes = work.as === 'pdf' ? await drawPack(work.drawing) : await writeWorkbook(work.drawing)
parentPort?.postMessage(new Uint8Array(bytes))
