import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { PlanDrawing } from './draw-plan.ts'

/** A signed plan as a PDF. */
export const planPaper = (drawing: PlanDrawing): Promise<Uint8Array> =>
  drawInWorker(new URL('./draw-worker.ts', import.meta.url), drawing)
