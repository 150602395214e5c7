export { haccpImplementations } from './http.ts'
export { startReviewWatch } from './review-watch.ts'
