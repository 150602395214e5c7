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
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KE[Y]/, says: 'a private key' },
  { pattern: /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|sk_live_\w{20,}|npm_[A-Za-z0-9]{36})\b/, says: 'a secret' },
]

const BINARY = /[.](png|jpe?g|webp|avif|gif|ico|woff2?|ttf|pdf|zip|gz|br)$/i

export const traces: Check = {
  name: 'traces and secrets',
  look: async (root) => {
    const files = committedFiles(root, (file) => !BINARY.test(file) && file !== 'LICENSE')
    return { looked: files.length, at: 'files', findings: files.flatMap((file) => tracesIn(file, textOf(root, file))) }
  },
}

export const tracesIn = (file: string, text: string) => findLines(file, text, TRACES)
