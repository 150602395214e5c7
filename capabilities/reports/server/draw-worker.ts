import { drawHere } from '@opsflow/platform/server/paper/draw-here'
import { writeWorkbook } from '@opsflow/platform/server/paper/workbook'
import { drawPack, type PackDrawing } from './draw-pack.ts'
import { drawPoint, type PointDrawing } from './draw-point.ts'
import { packSheets } from './pack-sheets.ts'
import { type PointTable, pointSheets } from './point-sheets.ts'

export type Work =
  | { as: 'pack.pdf'; drawing: PackDrawing }
  | { as: 'pack.xlsx'; drawing: Pick<PackDrawing, 'pack' | 'language'> }
  | { as: 'point.pdf'; drawing: PointDrawing }
  | { as: 'point.xlsx'; drawing: PointTable }

drawHere<Work>((work) => {
  switch (work.as) {
    case 'pack.pdf':
      return drawPack(work.drawing)
    case 'pack.xlsx':
      return writeWorkbook(packSheets(work.drawing))
    case 'point.pdf':
      return drawPoint(work.drawing)
    case 'point.xlsx':
      return writeWorkbook(pointSheets(work.drawing))
  }
})
