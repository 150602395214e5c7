import { drawHere } from '@opsflow/platform/server/paper/draw-here'
import { drawPlan, type PlanDrawing } from './draw-plan.ts'

drawHere<PlanDrawing>(drawPlan)
