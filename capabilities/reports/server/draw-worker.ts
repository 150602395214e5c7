import { parentPort, workerData } from 'node:worker_threads'
import { writeWorkbook } from '@opsflow/platform/server/paper/workbook'
import { drawPack, type PackDrawing } from './draw-pack.ts'
import { packSheets } from './pack-sheets.ts'

export type Work = { as: 'pdf'; drawing: PackDrawing } | { as: 'xlsx'; drawing: Pick<PackDrawing, 'pack' | 'language'> }

const work = workerData as Work
const bytes = work.as === 'pdf' ? await drawPack(work.drawing) : await writeWorkbook(packSheets(work.drawing))
parentPort?.postMessage(new Uint8Array(bytes))
