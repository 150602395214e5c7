import { writeFileSync } from 'node:fs'
import { VERIFIER, verifier } from './build.ts'

// `npm run verifier`: after a rule of the evidence log was changed.
writeFileSync(VERIFIER, verifier())
