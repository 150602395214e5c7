import ts from 'typescript'
import { type Check, committedFiles, textOf } from './check.ts'

/** Product code outside the platform, where a statement has one place: a store file on the server. */
const isWatched = (file: string) =>
  /^(capabilities|apps)\/.*[.]tsx?$/.test(file) &&
  !/[.](test|d)[.]tsx?$|for-tests[.]ts$/.test(file) &&
  !/^apps\/[^/]+\/(e2e|test)\//.test(file) &&
  !/\/server\/(.+\/)?store[^/]*[.]ts$/.test(file) &&
  !/^apps\/server\/(.+\/)?store[^/]*[.]ts$/.test(file)

const STATEMENT =
  /^\s*(select\s.*(\sfrom\s|\()|insert\s+into\s|update\s+\S+\s+(as\s+\S+\s+)?set\s|delete\s+from\s|merge\s+into\s|with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\s|create\s+(table|index|function|role|schema)\s|alter\s+(table|role)\s|drop\s+(table|schema)\s|truncate\s+table\s|set\s+(local\s+)?\w+\s*=|begin$|commit$|copy\s+\w+.*\s(from|to)\s)/is

export const sqlInStores: Check = {
  name: 'sql only in stores',
  look: async (root) => {
    const files = committedFiles(root, isWatched)
    return {
      looked: files.length,
      at: 'files',
      findings: files.flatMap((file) => statementsIn(file, textOf(root, file))),
    }
  },
}

/** String and template literals that read as a statement; prose and comments do not count. */
export function statementsIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const findings: string[] = []
  const visit = (node: ts.Node) => {
    const literal = textOfLiteral(node)
    if (STATEMENT.test(literal) && !looksLikeProse(literal)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      findings.push(`${file}:${line} a statement outside a store file: ${literal.trim().slice(0, 60)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return findings
}

/** A template's holes read as `?`, as a parameter would. */
function textOfLiteral(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return ''
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('?')
}

/** "Select a unit from the list." is a sentence: it ends with a full stop or holds an article. */
const looksLikeProse = (text: string) => /[.…!?]\s*$/.test(text) || /\b(an?|the|your)\s/i.test(text)
