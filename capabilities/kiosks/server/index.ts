export { kioskImplementations } from './handlers.ts'
export { pinHashes } from './pin-hash.ts'
export { pinSignatures } from './sign.ts'
export { openTablets } from './tablets.ts'
