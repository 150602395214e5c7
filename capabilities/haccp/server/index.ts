export { haccpImplementations } from './http.ts'
export { beginPlan, writePlan } from './plans.ts'
export { startReviewWatch } from './review-watch.ts'
export { signPlan } from './signing.ts'
