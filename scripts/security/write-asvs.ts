import { writeFileSync } from 'node:fs'
import { asvsPage, numbers, requirements } from './asvs.ts'

writeFileSync(new URL('../../docs/security/asvs.md', import.meta.url), asvsPage(requirements, numbers))
