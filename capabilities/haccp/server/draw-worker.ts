import { parentPort, workerData } from 'node:worker_threads'
import { drawPlan, type PlanDrawing } from './draw-plan.ts'

parentPort?.postMessage(new Uint8Array(await drawPlan(workerData as PlanDrawing)))
