import { type Check, committedFiles, findLines, textOf } from './check.ts'

/** What belongs to the machine or the person that wrote a file, never to its reader. */
const TRACES = [
  { pattern: /[.][.]\/share[d]\/\w/, says: 'a file beside the repository' },
  {
    pattern: /(^|[^\w.])\/(wor[k]|far[m])\/(main|wt|shared|brief|[.])/,
    says: 'a path of the machine it was written on',
  },
  { pattern: /(^|[^\w.])\/(roo[t]|home\/[a-z]\w*|Users\/\w+)\/[\w.]/, says: "a path in somebody's home" },
  { pattern: /(^|[^\w.])\/tm[p]\/[\w.-]+/, says: 'a path in a temporary folder; use os.tmpdir()' },
  {
    pattern: /https?:\/\/[\w.-]*(registry|verdaccio|artifactory|nexus|proxy)[\w.-]*(?<!registry[.]npmjs[.]org)[:/]/,
    says: 'a package registry',
  },
]

const BINARY = /[.](png|jpe?g|webp|avif|gif|ico|woff2?|ttf|pdf|zip|gz|br)$/i

export const traces: Check = {
  name: 'traces',
  look: async (root) => {
    const files = committedFiles(root, (file) => !BINARY.test(file) && file !== 'LICENSE')
    return { looked: files.length, at: 'files', findings: files.flatMap((file) => tracesIn(file, textOf(root, file))) }
  },
}

export const tracesIn = (file: string, text: string) => findLines(file, text, TRACES)
