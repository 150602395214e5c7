import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { PackDrawing } from './draw-pack.ts'
import type { PointDrawing } from './draw-point.ts'
import type { Work } from './draw-worker.ts'
import type { PointTable } from './point-sheets.ts'

const program = new URL('./draw-worker.ts', import.meta.url)

/** An inspector's pack as a PDF. */
export const drawPack = (drawing: PackDrawing): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'pack.pdf', drawing } satisfies Work)

/** The same as a workbook. */
export const packWorkbook = (drawing: Pick<PackDrawing, 'pack' | 'language'>): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'pack.xlsx', drawing } satisfies Work)

/** The report of one control point as a PDF. */
export const drawPoint = (drawing: PointDrawing): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'point.pdf', drawing } satisfies Work)

/** The same as a workbook. */
export const pointWorkbook = (drawing: PointTable): Promise<Uint8Array> =>
  drawInWorker(program, { as: 'point.xlsx', drawing } satisfies Work)
