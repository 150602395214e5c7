import { parentPort, workerData } from 'node:worker_threads'
import { drawPack, type PackDrawing } from './draw-pack.ts'

parentPort?.postMessage(new Uint8Array(await drawPack(workerData as PackDrawing)))
