/** Tells knip's findings in our form, with the number of files it really analysed. */
export default function report({ issues, counters, configurationHints }) {
  const findings = []
  for (const [kind, byFile] of Object.entries(issues)) {
    if (kind.startsWith('_')) continue
    for (const [file, bySymbol] of Object.entries(byFile)) {
      for (const issue of Object.values(bySymbol)) {
        const line = issue.line ? `:${issue.line}` : ''
        const name = kind === 'files' ? '' : ` ${issue.symbol}`
        findings.push(`${file}${line} unused ${kind}${name}`)
      }
    }
  }
  for (const hint of configurationHints ?? []) {
    findings.push(`knip.json ${hint.type}: ${hint.identifier}${hint.workspaceName ? ` (${hint.workspaceName})` : ''}`)
  }
  process.stdout.write(`${JSON.stringify({ looked: counters.total, findings })}\n`)
}
